-- Les mots qui s'écoutent, et combien de dossiers portent chacun : choisir parmi eux ne parcourt pas vue_terme.
-- Une ligne qui retombe à zéro s'efface : le mot d'une personne effacée n'y reste pas.
CREATE TABLE vue_mot (
    terme {texte} NOT NULL PRIMARY KEY,
    n BIGINT NOT NULL
) {etroite};
INSERT INTO vue_mot (terme, n)
SELECT t.terme, COUNT(*) FROM vue_terme t WHERE t.terme LIKE '%:%' GROUP BY t.terme;
