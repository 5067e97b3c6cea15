CREATE TRIGGER acces_exceptionnel_sans_suppression BEFORE DELETE ON acces_exceptionnel
BEGIN SELECT RAISE(ABORT, 'un accès exceptionnel ne se supprime pas'); END;
CREATE TRIGGER note_reservee_sans_modification BEFORE UPDATE ON note_reservee
BEGIN SELECT RAISE(ABORT, 'une note réservée ne se modifie pas'); END;
CREATE TRIGGER note_reservee_sans_suppression BEFORE DELETE ON note_reservee
BEGIN SELECT RAISE(ABORT, 'une note réservée ne se supprime pas'); END;
