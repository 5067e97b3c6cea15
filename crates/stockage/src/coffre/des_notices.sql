SELECT c.cle, c.contenu FROM notice n JOIN coffre c ON c.cle = n.id
