//! Les filtres d'une liste, et ceux qui sont posés.

use ccapex::coordination::listes::ListeDeSuivi;
use ccapex::cours::etat::Stade;
use ccapex::partenaires::agent::{Agent, Role};
use usages::dossiers::colonnes::commune;

use super::demande::{CHEMIN, Demande, ECHEANCES, FILES};
use super::voit_la_suite;
use crate::composants::{Choix, Lien};
use crate::noms::Noms;

/// Un filtre et ses choix.
pub struct Filtre {
    pub nom: &'static str,
    pub libelle: &'static str,
    pub choix: Vec<Choix>,
    /// Plusieurs réponses à la fois : des cases, et non une liste déroulante.
    pub plusieurs: bool,
}

impl Filtre {
    /// « Stade (2) » : ce qui est coché se voit quand les cases sont repliées.
    pub(crate) fn titre(&self) -> String {
        match self.choix.iter().filter(|c| c.retenu).count() {
            0 => self.libelle.to_owned(),
            n => format!("{} ({n})", self.libelle),
        }
    }
}

const ETENDUES: [(&str, &str); 3] = [("", "Ouverts"), ("clos", "Clos"), ("tous", "Tous")];

pub(super) fn filtres(demande: &Demande, agent: &Agent, noms: &Noms) -> Vec<Filtre> {
    let seul = |nom: &'static str, libelle, tous: &str, choix: Vec<(String, String)>| {
        let mut liste = vec![Choix::nouveau("", tous)];
        liste.extend(choix.into_iter().map(|(code, dit)| Choix::nouveau(code, dit)));
        for c in &mut liste {
            c.retenu = c.valeur == demande.un(nom);
        }
        Filtre { nom, libelle, choix: liste, plusieurs: false }
    };
    let cases = |nom: &'static str, libelle, choix: Vec<(String, String)>| {
        let retenus: Vec<&str> = demande.tous(nom).collect();
        let case = |(code, dit): (String, String)| {
            let retenu = retenus.contains(&code.as_str());
            Choix { retenu, ..Choix::nouveau(code, dit) }
        };
        Filtre { nom, libelle, choix: choix.into_iter().map(case).collect(), plusieurs: true }
    };
    let paires = |p: &[(&str, &str)]| {
        p.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect::<Vec<_>>()
    };
    let mut filtres = Vec::new();
    if voit_la_suite(agent) {
        filtres.push(seul("echeance", "Échéance", "Toutes", paires(&ECHEANCES)));
        let files: Vec<(&str, &str)> = FILES.iter().map(|(code, dit, _)| (*code, *dit)).collect();
        filtres.push(seul("file", "File de travail", "Toutes", paires(&files)));
        let listes = ListeDeSuivi::TOUTES
            .iter()
            .map(|l| (l.code().to_owned(), l.libelle().to_owned()))
            .collect();
        filtres.push(seul("liste", "Suivi", "Tous", listes));
    }
    filtres.push(seul("etendue", "Dossiers", ETENDUES[0].1, paires(&ETENDUES[1..])));
    if voit_la_suite(agent) {
        let stades =
            Stade::TOUS.iter().map(|s| (s.code().to_owned(), s.libelle().to_owned())).collect();
        filtres.push(cases("stade", "Stade", stades));
    }
    if agent.tient_le_secretariat() {
        let services = noms.0.services.iter().map(|s| (s.code.clone(), s.nom.clone())).collect();
        filtres.push(cases("service", "Service", services));
    }
    if agent.role == Role::SecretariatCentral {
        let liste =
            noms.0.sous_commissions.iter().map(|s| (s.code.clone(), s.nom.clone())).collect();
        filtres.push(cases("sous_commission", "Sous-commission", liste));
    }
    filtres
}

/// Les filtres posés, chacun avec l'adresse sans lui.
pub(super) fn actifs(demande: &Demande, filtres: &[Filtre]) -> Vec<Lien> {
    let mut actifs = Vec::new();
    for (nom, valeur) in demande.parametres() {
        let connu = filtres.iter().find(|f| f.nom == nom);
        let choix = connu.and_then(|f| f.choix.iter().find(|c| c.valeur == valeur));
        let texte = match (nom, connu, choix) {
            ("q", ..) => format!("« {valeur} »"),
            ("commune", ..) => format!("Commune : {}", commune(valeur)),
            ("dossier", ..) => format!("Dossier {valeur}"),
            (_, Some(filtre), Some(choix)) => format!("{} : {}", filtre.libelle, choix.libelle),
            _ => continue,
        };
        let mut sans = demande.sans_la_valeur(nom, valeur);
        if sans.est_vide() {
            sans = Demande::lire("etendue=ouverts");
        }
        actifs.push(Lien::nouveau(texte, sans.adresse(CHEMIN)));
    }
    actifs
}
