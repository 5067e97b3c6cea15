-- Ce qui est écrit ne se réécrit pas. SQLite et PostgreSQL n'ont pas la même langue de déclencheurs.
CREATE TRIGGER journal_sans_modification BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'le journal ne se modifie pas'); END;
CREATE TRIGGER journal_sans_suppression BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'le journal ne se supprime pas'); END;
-- Le traitement d'une notice avance ; ce qui a été reçu ne change pas.
CREATE TRIGGER notice_telle_que_recue BEFORE UPDATE OF
    id, piece, ordre, ligne, feuille, profil, emetteur, nature, reference, empreinte, empreinte_reference,
    contenu, recu_le
ON notice BEGIN SELECT RAISE(ABORT, 'une notice reçue ne se modifie pas'); END;
CREATE TRIGGER notice_sans_suppression BEFORE DELETE ON notice
BEGIN SELECT RAISE(ABORT, 'une notice reçue ne se supprime pas'); END;
CREATE TRIGGER acces_sans_modification BEFORE UPDATE ON acces
BEGIN SELECT RAISE(ABORT, 'le registre des accès ne se modifie pas'); END;
