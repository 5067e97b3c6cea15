// Les éléments qui dépassent à droite de la partie visible, quand la page défile en largeur.
const largeur = document.documentElement.clientWidth;
if (document.documentElement.scrollWidth <= largeur) return [];
const liste = [...document.body.querySelectorAll("*")]
  .filter((element) => element.getBoundingClientRect().right > largeur + 1)
  .map((element) => {
    const { right } = element.getBoundingClientRect();
    const classes = [...element.classList].map((classe) => "." + classe).join("");
    return `${element.localName}${classes} finit à ${Math.round(right)} px, pour ${largeur} px`;
  });
return liste.length ? liste.slice(0, 10) : ["élément inconnu"];
