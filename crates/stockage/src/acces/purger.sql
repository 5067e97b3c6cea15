DELETE FROM acces WHERE id <= $1
