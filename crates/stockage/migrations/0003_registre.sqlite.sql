CREATE TRIGGER acces_sans_modification BEFORE UPDATE ON acces
BEGIN SELECT RAISE(ABORT, 'le registre des accès ne se modifie pas'); END;
CREATE TRIGGER conservation_sans_modification BEFORE UPDATE ON conservation
BEGIN SELECT RAISE(ABORT, 'la conservation ne se modifie pas'); END;
CREATE TRIGGER conservation_sans_suppression BEFORE DELETE ON conservation
BEGIN SELECT RAISE(ABORT, 'la conservation ne se supprime pas'); END;
