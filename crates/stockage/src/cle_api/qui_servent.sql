SELECT id, compte, nom, empreinte, indice, portee, cree_le, cree_par, expire_le, vue_le, revoquee_le
FROM cle_api WHERE revoquee_le IS NULL AND expire_le > $1 ORDER BY id
