CREATE TRIGGER acces_sans_modification BEFORE UPDATE ON acces
    FOR EACH STATEMENT EXECUTE FUNCTION refuser_de_reecrire();
CREATE TRIGGER conservation_sans_modification BEFORE UPDATE OR DELETE OR TRUNCATE ON conservation
    FOR EACH STATEMENT EXECUTE FUNCTION refuser_de_reecrire();
