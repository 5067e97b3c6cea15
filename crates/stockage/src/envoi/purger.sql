DELETE FROM envoi WHERE recu_le < $1
