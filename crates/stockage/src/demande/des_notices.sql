SELECT q.id, q.notice, q.le, q.a, q.objet, q.corps, q.avant_le, c.nom AS par_nom, p.etat AS depart_etat
FROM notice n JOIN demande q ON q.notice = n.id
LEFT JOIN compte c ON c.id = q.par
LEFT JOIN depart p ON p.id = q.depart
