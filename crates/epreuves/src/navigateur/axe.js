// Applique les règles d'axe-core qu'on lui demande, et rend celles qui sont enfreintes.
const [regles, rendre] = arguments;
axe.run(document, { runOnly: regles, resultTypes: ["violations"] }).then(
  ({ violations }) =>
    rendre(
      violations.map(({ id, help, nodes }) => ({
        regle: id,
        aide: help,
        elements: nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary}`),
      })),
    ),
  (cause) => rendre(String(cause)),
);
