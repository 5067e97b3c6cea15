// Améliore les pages ; aucune n'en a besoin.
"use strict";

// Un formulaire ne part qu'une fois.
document.addEventListener("submit", (evenement) => {
  const formulaire = evenement.target;
  if (formulaire.dataset.envoi === "fait") {
    evenement.preventDefault();
    return;
  }
  if (formulaire.method === "post" && !formulaire.hasAttribute("data-plusieurs")) {
    formulaire.dataset.envoi = "fait";
  }
});
window.addEventListener("pageshow", () => {
  for (const formulaire of document.forms) delete formulaire.dataset.envoi;
});

// Tout cocher, dans un tableau.
for (const tout of document.querySelectorAll("[data-tout-cocher]")) {
  tout.closest("[hidden]")?.removeAttribute("hidden");
  tout.addEventListener("change", () => {
    for (const case_ of document.querySelectorAll(`input[name="${tout.dataset.toutCocher}"]`)) {
      case_.checked = tout.checked;
    }
  });
}

// Copier un texte prêt à envoyer.
for (const bouton of document.querySelectorAll("[data-copier]")) {
  bouton.hidden = false;
  bouton.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(bouton.dataset.copier).value);
    bouton.textContent = "Copié";
  });
}

// Dépôt de fichiers : zone où glisser, liste des fichiers choisis, avancement.
for (const formulaire of document.querySelectorAll("[data-depot]")) {
  const zone = formulaire.querySelector(".depot");
  const champ = formulaire.querySelector('input[type="file"]');
  const liste = formulaire.querySelector("[data-fichiers]");
  const suivi = formulaire.querySelector("[data-suivi]");
  const barre = formulaire.querySelector("progress");
  const message = formulaire.querySelector("[data-message]");
  const taille = (octets) =>
    octets < 1e6 ? `${Math.ceil(octets / 1e3)} Ko` : `${(octets / 1e6).toFixed(1).replace(".", ",")} Mo`;

  const montrer = () => {
    liste.replaceChildren(
      ...[...champ.files].map((fichier) => {
        const ligne = document.createElement("li");
        ligne.textContent = `${fichier.name} (${taille(fichier.size)})`;
        return ligne;
      }),
    );
  };
  champ.addEventListener("change", montrer);
  for (const nom of ["dragenter", "dragover"]) {
    zone.addEventListener(nom, (evenement) => {
      evenement.preventDefault();
      zone.classList.add("depot--survol");
    });
  }
  for (const nom of ["dragleave", "drop"]) {
    zone.addEventListener(nom, () => zone.classList.remove("depot--survol"));
  }
  zone.addEventListener("drop", (evenement) => {
    evenement.preventDefault();
    champ.files = evenement.dataTransfer.files;
    montrer();
  });

  formulaire.addEventListener("submit", (evenement) => {
    if (champ.files.length === 0) return;
    evenement.preventDefault();
    const requete = new XMLHttpRequest();
    suivi.hidden = false;
    requete.upload.addEventListener("progress", (avance) => {
      barre.max = avance.total;
      barre.value = avance.loaded;
      message.textContent =
        avance.loaded < avance.total
          ? `Envoi : ${taille(avance.loaded)} sur ${taille(avance.total)}`
          : "Fichier reçu. Traitement des lignes en cours…";
      if (avance.loaded === avance.total) barre.removeAttribute("value");
    });
    requete.addEventListener("load", () => {
      if (requete.responseURL && !requete.responseURL.endsWith(new URL(formulaire.action).pathname)) {
        window.location.assign(requete.responseURL);
        return;
      }
      const page = new DOMParser().parseFromString(requete.responseText, "text/html");
      document.title = page.title;
      document.body.replaceWith(page.body);
      window.scrollTo(0, 0);
    });
    requete.addEventListener("error", () => {
      suivi.hidden = false;
      message.textContent = "L'envoi s'est interrompu. Rien n'a été enregistré : vérifiez la connexion et recommencez.";
      delete formulaire.dataset.envoi;
    });
    requete.open("POST", formulaire.action);
    requete.send(new FormData(formulaire));
  });
}

// Un traitement en cours : la page se relit d'elle-même, sauf pendant une saisie.
if (document.querySelector("[data-rafraichir]")) {
  setInterval(() => {
    const occupe = document.activeElement && document.activeElement.matches("input, select, textarea");
    if (!occupe && !document.querySelector("[data-suivi]:not([hidden])")) window.location.reload();
  }, 5000);
}

// Chercher dans une liste déjà là : ce qui ne correspond pas se cache.
for (const zone of document.querySelectorAll("[data-filtrer]")) {
  const champ = zone.querySelector("input");
  const compte = zone.querySelector("[role=status]");
  const lignes = [...document.querySelectorAll(zone.dataset.filtrer)];
  const simple = (texte) => texte.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  zone.hidden = false;
  champ.addEventListener("input", () => {
    const cherche = simple(champ.value.trim());
    let trouves = 0;
    for (const ligne of lignes) {
      ligne.hidden = !simple(ligne.textContent).includes(cherche);
      if (!ligne.hidden) trouves += 1;
    }
    for (const groupe of new Set(lignes.map((ligne) => ligne.closest("section")))) {
      if (groupe) groupe.hidden = !groupe.querySelector("li:not([hidden])");
    }
    compte.textContent = cherche === "" ? "" : trouves === 0 ? "Aucun acte de ce nom." : trouves === 1 ? "1 acte" : `${trouves} actes`;
  });
  champ.addEventListener("keydown", (evenement) => {
    const seul = lignes.filter((ligne) => !ligne.hidden);
    if (evenement.key === "Enter" && seul.length === 1) seul[0].querySelector("a").click();
  });
}

// Après un refus, la personne arrive sur ce qui est à corriger.
document.getElementById("erreurs")?.focus();

// Un long formulaire se garde au fil de la saisie ; le bouton reste, et suffit.
for (const formulaire of document.querySelectorAll("[data-au-fil]")) {
  const etat = formulaire.querySelector("[data-etat]");
  let attente = 0;
  const dire = (texte) => {
    etat.hidden = false;
    etat.textContent = texte;
  };
  const garder = async () => {
    const champs = new URLSearchParams(new FormData(formulaire));
    champs.set("au_fil", "1");
    try {
      const reponse = await fetch(formulaire.action, { method: "POST", body: champs });
      const heure = new Date().toLocaleTimeString("fr-FR", { hour: "2-digit", minute: "2-digit" });
      dire(
        reponse.status === 204
          ? `Enregistré à ${heure}.`
          : "Pas encore enregistré : un champ ne se lit pas, ou la session est finie.",
      );
    } catch {
      dire("Pas encore enregistré : la connexion manque. Gardez la page ouverte, puis enregistrez.");
    }
  };
  formulaire.addEventListener("change", () => {
    clearTimeout(attente);
    attente = setTimeout(garder, 1500);
  });
  formulaire.addEventListener("submit", () => clearTimeout(attente));
}
