SELECT n.id AS n FROM notice n JOIN demande q ON q.notice = n.id
