DELETE FROM essai WHERE dernier < $1
