// La boîte de recherche propose pendant la frappe. Sans ce script, elle mène à la page de réponses.
"use strict";

const boite = document.getElementById("chercher-q");
if (boite) {
  const formulaire = boite.form;
  const liste = document.createElement("ul");
  const annonce = document.createElement("p");
  let demande = null;
  let attente = 0;
  let choisie = -1;

  liste.id = "propositions";
  liste.className = "propositions";
  liste.setAttribute("role", "listbox");
  liste.setAttribute("aria-label", "Premières réponses");
  liste.hidden = true;
  annonce.className = "fr-sr-only";
  annonce.setAttribute("role", "status");
  formulaire.append(liste, annonce);
  boite.setAttribute("role", "combobox");
  boite.setAttribute("aria-autocomplete", "list");
  boite.setAttribute("aria-controls", liste.id);
  boite.setAttribute("aria-expanded", "false");

  const options = () => [...liste.querySelectorAll("[role=option]")];

  const choisir = (rang) => {
    const toutes = options();
    choisie = toutes.length === 0 ? -1 : (rang + toutes.length + 1) % (toutes.length + 1);
    if (choisie === toutes.length) choisie = -1;
    toutes.forEach((option, place) => option.setAttribute("aria-selected", String(place === choisie)));
    if (choisie >= 0) {
      boite.setAttribute("aria-activedescendant", toutes[choisie].id);
      toutes[choisie].scrollIntoView({ block: "nearest" });
    } else {
      boite.removeAttribute("aria-activedescendant");
    }
  };

  const fermer = () => {
    clearTimeout(attente);
    demande?.abort();
    liste.hidden = true;
    liste.replaceChildren();
    boite.setAttribute("aria-expanded", "false");
    boite.removeAttribute("aria-activedescendant");
    choisie = -1;
  };

  const proposer = async () => {
    const saisi = boite.value.trim();
    if (saisi.length < 2) {
      fermer();
      annonce.textContent = "";
      return;
    }
    demande?.abort();
    demande = new AbortController();
    try {
      const reponse = await fetch(`/recherche/propositions?q=${encodeURIComponent(boite.value)}`, {
        signal: demande.signal,
        redirect: "error",
      });
      if (!reponse.ok) throw new Error(String(reponse.status));
      const page = new DOMParser().parseFromString(await reponse.text(), "text/html");
      liste.replaceChildren(...page.querySelectorAll("[role=option]"));
      choisir(-1);
      liste.hidden = document.activeElement !== boite;
      boite.setAttribute("aria-expanded", String(!liste.hidden));
      const n = options().length - 1;
      annonce.textContent =
        n === 0 ? "Aucune réponse." : `${n === 1 ? "1 réponse" : `${n} réponses`}. Flèches pour les parcourir.`;
    } catch (erreur) {
      // La frappe a continué, ou la connexion manque : la page de réponses dira le reste.
      if (erreur.name !== "AbortError") fermer();
    }
  };

  boite.addEventListener("input", () => {
    clearTimeout(attente);
    attente = setTimeout(proposer, 150);
  });
  boite.addEventListener("keydown", (evenement) => {
    if (evenement.key === "ArrowDown" || evenement.key === "ArrowUp") {
      if (liste.hidden) {
        proposer();
      } else {
        const n = options().length;
        choisir(evenement.key === "ArrowDown" ? choisie + 1 : (choisie < 0 ? n : choisie) - 1);
      }
      evenement.preventDefault();
    } else if (evenement.key === "Escape" && !liste.hidden) {
      fermer();
      evenement.preventDefault();
    } else if (evenement.key === "Enter" && choisie >= 0 && !liste.hidden) {
      evenement.preventDefault();
      window.location.assign(options()[choisie].dataset.vers);
    }
  });
  liste.addEventListener("mousedown", (evenement) => {
    const option = evenement.target.closest("[role=option]");
    if (option) {
      evenement.preventDefault();
      window.location.assign(option.dataset.vers);
    }
  });
  boite.addEventListener("blur", fermer);
}
