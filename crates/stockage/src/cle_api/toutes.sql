SELECT id, compte, nom, empreinte, indice, portee, cree_le, cree_par, expire_le, vue_le, revoquee_le
FROM cle_api ORDER BY id DESC
