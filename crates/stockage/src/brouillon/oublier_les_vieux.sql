DELETE FROM brouillon WHERE maj_le < $1
