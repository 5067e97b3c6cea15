-- Un geste sur un compte ne se récrit pas : sa trace vaut preuve.
CREATE TRIGGER geste_de_compte_sans_modification BEFORE UPDATE ON geste_de_compte
    FOR EACH STATEMENT EXECUTE FUNCTION refuser_de_reecrire();
