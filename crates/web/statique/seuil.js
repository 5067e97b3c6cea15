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

// La connexion manque : un bandeau le dit, et un envoi attend qu'elle revienne plutôt que de se perdre.
{
  const bandeau = document.createElement("div");
  bandeau.className = "hors-ligne";
  bandeau.setAttribute("role", "status");
  const dire = (texte) => {
    bandeau.textContent = texte;
    bandeau.hidden = texte === "";
  };
  dire("");
  document.body.prepend(bandeau);
  const coupee = "La connexion est coupée. Ce qui est enregistré l'est toujours ; gardez cette page ouverte, et attendez avant d'envoyer.";
  window.addEventListener("offline", () => dire(coupee));
  window.addEventListener("online", () => dire(""));
  if (!navigator.onLine) dire(coupee);
  document.addEventListener(
    "submit",
    (evenement) => {
      if (navigator.onLine || evenement.target.method !== "post") return;
      evenement.preventDefault();
      evenement.stopImmediatePropagation();
      dire("La connexion est coupée : rien n'est parti. Votre saisie est gardée dans cette page ; envoyez-la quand la connexion revient.");
    },
    true,
  );
}

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

// Ce qui suivra un acte, redit à mesure qu'on l'écrit ; le bouton le demande sans script.
for (const formulaire of document.querySelectorAll("[data-apercu]")) {
  const zone = formulaire.querySelector("#apercu");
  const bouton = formulaire.querySelector("[data-apercevoir]");
  let attente = 0;
  let tour = 0;
  const demander = async () => {
    const le_mien = ++tour;
    try {
      const reponse = await fetch(formulaire.dataset.apercu, {
        method: "POST",
        body: new URLSearchParams(new FormData(formulaire)),
        redirect: "manual",
      });
      if (!reponse.ok || le_mien !== tour) return;
      const texte = await reponse.text();
      if (zone.innerHTML !== texte) zone.innerHTML = texte;
      zone.hidden = false;
      bouton.hidden = true;
    } catch {
      bouton.hidden = false;
    }
  };
  formulaire.addEventListener("input", () => {
    clearTimeout(attente);
    attente = setTimeout(demander, 600);
  });
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
  const ouverte = formulaire.elements.namedItem("ouverte");
  // Ici, personne d'autre n'écrit : partir garde, sans rien demander.
  const enPartant = formulaire.dataset.auFil === "en-partant";
  let attente = 0;
  let enCours = null;
  let aGarder = false;
  const dire = (texte, garde) => {
    etat.hidden = texte === "";
    etat.textContent = texte;
    etat.classList.toggle("au-fil--echec", !garde);
  };
  // Ce que d'autres ont écrit dans les champs qu'on n'a pas touchés depuis l'envoi.
  const reprendre = (gardes, envoyes) => {
    for (const [nom, valeur] of Object.entries(gardes)) {
      const champ = formulaire.elements.namedItem(nom);
      const intact = champ && champ.value.trim() === (envoyes.get(nom) ?? "").trim();
      if (intact && champ.value.trim() !== valeur && !(champ === document.activeElement)) {
        const somme = champ.inputMode === "decimal";
        if (!somme || champ.value.trim() === "") champ.value = valeur;
      }
    }
  };
  const garder = async () => {
    aGarder = false;
    const champs = new URLSearchParams(new FormData(formulaire));
    champs.set("au_fil", "1");
    try {
      const reponse = await fetch(formulaire.action, {
        method: "POST",
        body: champs,
        keepalive: champs.toString().length < 60000,
        redirect: "manual",
      });
      const lue = (reponse.headers.get("content-type") ?? "").includes("json") ? await reponse.json() : null;
      if (reponse.ok && lue) {
        if (ouverte) ouverte.value = lue.ouverte;
        // Gardée une première fois, la saisie a son adresse : elle s'y garde ensuite, et s'y recharge.
        if (lue.vers && formulaire.getAttribute("action") !== lue.vers) {
          formulaire.action = lue.vers;
          window.history.replaceState(null, "", lue.vers);
        }
        reprendre(lue.champs, champs);
      }
      dire(
        lue ? lue.dit : "Pas encore enregistré : la session est finie. Gardez cette page, connectez-vous dans un autre onglet, puis enregistrez.",
        reponse.ok && lue,
      );
      if (!reponse.ok || !lue) aGarder = true;
    } catch {
      aGarder = true;
      dire("Pas encore enregistré : la connexion manque. Gardez la page ouverte, puis enregistrez.", false);
    }
  };
  const lancer = () => {
    clearTimeout(attente);
    if (enCours) {
      attente = setTimeout(lancer, 500);
    } else if (aGarder) {
      enCours = garder().finally(() => {
        enCours = null;
      });
    }
  };
  const bientot = (delai) => {
    aGarder = true;
    clearTimeout(attente);
    attente = setTimeout(lancer, delai);
  };
  formulaire.addEventListener("input", () => bientot(4000));
  formulaire.addEventListener("change", () => bientot(800));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && aGarder) lancer();
  });
  // Un envoi qui survit à la page : petit, et seul, pour ne pas commencer deux fois la même saisie.
  const garderEnPartant = () => {
    const champs = new URLSearchParams(new FormData(formulaire));
    champs.set("au_fil", "1");
    if (!enPartant || enCours || !navigator.onLine || champs.toString().length >= 60000) return false;
    fetch(formulaire.action, { method: "POST", body: champs, keepalive: true, redirect: "manual" }).catch(() => {});
    return true;
  };
  window.addEventListener("beforeunload", (evenement) => {
    if (!aGarder || formulaire.dataset.envoi === "fait") return;
    if (garderEnPartant()) {
      aGarder = false;
      clearTimeout(attente);
    } else {
      evenement.preventDefault();
    }
  });
  // Le bouton attend l'enregistrement en cours : il part de ce qui vient d'être gardé.
  formulaire.addEventListener("submit", (evenement) => {
    clearTimeout(attente);
    if (!enCours) return;
    evenement.preventDefault();
    evenement.stopPropagation();
    const bouton = evenement.submitter;
    enCours.finally(() => formulaire.requestSubmit(bouton));
  });
}
