// Applique les règles WCAG 2.x A et AA d'axe-core. Les bonnes pratiques qui n'en sont pas restent à part.
const rendre = arguments[arguments.length - 1];
const regles = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] };
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
