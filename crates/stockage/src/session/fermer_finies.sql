DELETE FROM session WHERE expire_le <= $1
