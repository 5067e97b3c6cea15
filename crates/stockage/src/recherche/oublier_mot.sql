DELETE FROM vue_mot WHERE terme = $1 AND n = 0
