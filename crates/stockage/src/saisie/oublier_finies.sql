DELETE FROM saisie_en_attente WHERE expire_le <= $1
