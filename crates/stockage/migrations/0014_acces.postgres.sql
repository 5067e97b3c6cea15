CREATE TRIGGER acces_exceptionnel_sans_suppression BEFORE DELETE OR TRUNCATE ON acces_exceptionnel
    FOR EACH STATEMENT EXECUTE FUNCTION refuser_de_reecrire();
CREATE TRIGGER note_reservee_sans_modification BEFORE UPDATE OR DELETE OR TRUNCATE ON note_reservee
    FOR EACH STATEMENT EXECUTE FUNCTION refuser_de_reecrire();
