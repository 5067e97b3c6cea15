-- Un geste sur un compte ne se récrit pas : sa trace vaut preuve.
CREATE TRIGGER geste_de_compte_sans_modification BEFORE UPDATE ON geste_de_compte
BEGIN SELECT RAISE(ABORT, 'un geste ne se modifie pas'); END;
