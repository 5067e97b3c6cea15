-- Ce qui est écrit ne se réécrit pas. SQLite et PostgreSQL n'ont pas la même langue de déclencheurs.
CREATE FUNCTION refuser_de_reecrire() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% ne se réécrit pas', TG_TABLE_NAME;
END
$$;
CREATE TRIGGER journal_sans_modification BEFORE UPDATE OR DELETE OR TRUNCATE ON journal
    FOR EACH STATEMENT EXECUTE FUNCTION refuser_de_reecrire();
-- Le traitement d'une notice avance ; ce qui a été reçu ne change pas.
CREATE TRIGGER notice_telle_que_recue BEFORE UPDATE OF
    id, piece, ordre, ligne, feuille, profil, emetteur, nature, reference, empreinte, empreinte_reference,
    contenu, recu_le
ON notice FOR EACH STATEMENT EXECUTE FUNCTION refuser_de_reecrire();
CREATE TRIGGER notice_sans_suppression BEFORE DELETE OR TRUNCATE ON notice
    FOR EACH STATEMENT EXECUTE FUNCTION refuser_de_reecrire();
CREATE TRIGGER acces_sans_modification BEFORE UPDATE ON acces
    FOR EACH STATEMENT EXECUTE FUNCTION refuser_de_reecrire();
