SELECT q.a FROM notice n JOIN demande q ON q.notice = n.id
