-- Un intervalle plus ancien que le dernier ne sert plus : deux envois du même code n'en font qu'un.
UPDATE second_facteur SET dernier_pas = $2 WHERE compte = $1 AND dernier_pas < $2 AND actif_le IS NOT NULL
