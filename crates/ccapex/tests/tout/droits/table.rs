//! La table des droits, en mots : le fichier `docs/droits.md` et l'essai qui le garde viennent d'ici.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use ccapex::acte::gabarit::{Famille, GABARITS};
use ccapex::identifiants::{AgentId, DossierId};
use ccapex::notice::Nature;
use ccapex::partenaires::agent::{Agent, Borne, Niveau, Role};
use ccapex::partenaires::habilitation::{Portee, Situation};
use ccapex::partenaires::partie::{Parties, Pourquoi, ajouter};
use ccapex::profil::Profil;

/// Une personne de ce rôle, à Lens.
pub(crate) fn agent(role: Role) -> Agent {
    let borne = role.borne();
    let en_sous_commission =
        matches!(borne, Borne::SousCommission | Borne::SousCommissionFacultative);
    Agent {
        id: AgentId(7),
        nom: "Camille Exemple".to_owned(),
        organisme: "Organisme Exemple".to_owned(),
        role,
        profil: "62".to_owned(),
        sous_commission: en_sous_commission.then(|| "lens".to_owned()),
        service: (borne == Borne::Service)
            .then(|| if role == Role::OrganismePayeur { "caf" } else { "departement" }.to_owned()),
        communes: (borne == Borne::Communes).then(|| "62498".to_owned()).into_iter().collect(),
        exceptions: BTreeSet::new(),
        responsable: false,
        suppleances: Vec::new(),
    }
}

/// Un dossier, vu d'un organisme : où, à qui, et quelles parties.
pub(crate) struct Cas {
    pub(crate) titre: &'static str,
    pub(crate) profil: &'static str,
    pub(crate) sous_commission: &'static str,
    pub(crate) service: &'static str,
    pub(crate) parties: Parties,
}

impl Cas {
    pub(crate) fn situation(&self) -> Situation<'_> {
        Situation {
            dossier: DossierId(1),
            profil: self.profil,
            sous_commission: self.sous_commission,
            service: self.service,
            parties: &self.parties,
            nommes: None,
        }
    }
}

/// Ce que la table distingue. `role` : celui dont l'organisme est partie, dans les derniers cas.
pub(crate) fn cas(role: Role) -> Vec<Cas> {
    let parties = |raison: Pourquoi, cles: Vec<String>| {
        let mut parties = Parties::new();
        cles.into_iter().for_each(|cle| ajouter(&mut parties, cle, raison));
        parties
    };
    let rien = Parties::new;
    let soi = agent(role);
    let propres = || -> Vec<String> {
        soi.cles().into_iter().filter(|cle| !cle.starts_with("emetteur:")).collect()
    };
    let envoye = vec!["emetteur:organisme exemple".to_owned()];
    let ailleurs = vec!["ccas:62041".to_owned(), "bailleur:un autre".to_owned(), "msa".to_owned()];
    let cas = |titre, sous_commission, service, parties| Cas {
        titre,
        profil: "62",
        sous_commission,
        service,
        parties,
    };
    vec![
        cas("confié à la Caf, à Lens", "lens", "caf", rien()),
        cas("confié au Département, à Lens", "lens", "departement", rien()),
        cas("confié au Département, à Arras", "arras", "departement", rien()),
        cas("une notice vient de l'organisme", "lens", "msa", parties(Pourquoi::AEnvoye, envoye)),
        cas("une réponse lui est demandée", "lens", "msa", parties(Pourquoi::ARepondre, propres())),
        cas("sa mission commence", "lens", "msa", parties(Pourquoi::Mission, propres())),
        cas(
            "un organisme semblable est alerté",
            "lens",
            "msa",
            parties(Pourquoi::Alerte, ailleurs),
        ),
        Cas {
            profil: "75",
            ..cas("partie, mais à Paris", "lens", "caf", parties(Pourquoi::Alerte, propres()))
        },
    ]
}

/// « entier », « sa part » ou « rien ».
pub(crate) fn voit(agent: &Agent, cas: &Cas) -> &'static str {
    match agent.perimetre().portee(&cas.situation()) {
        Some(Portee::Entier) => "entier",
        Some(Portee::SaPart) => "sa part",
        None => "rien",
    }
}

/// Les actes de la table, famille par famille : nom et libellé.
pub(crate) fn actes() -> Vec<(&'static str, &'static str)> {
    let mut actes: Vec<_> = Nature::TOUTES.iter().map(|n| (n.code(), n.libelle())).collect();
    for famille in Famille::TOUTES {
        let siens = GABARITS.iter().filter(|g| g.famille == famille && g.nom != "alerte");
        actes.extend(siens.map(|g| (g.nom, g.libelle)));
    }
    actes.extend([
        ("complement", "Complément d'une notice"),
        ("rectification", "Rectification de ce qu'on a écrit"),
        ("rapprochement", "Rapprochement de deux dossiers"),
        ("courrier", "Lettre préparée ou suivie"),
    ]);
    actes
}

/// Le fichier entier.
pub(crate) fn page() -> String {
    let mut page = String::from(
        "# Qui voit quoi, qui écrit quoi\n\n\
         Cette page est écrite par `cargo run -p ccapex --example droits`, d'après la règle que le programme applique.\n\
         Un essai la compare à cette règle ; un autre demande chaque adresse du service avec chaque rôle, et en tient la table : [qui ouvre quelle adresse](droits-des-adresses.md).\n\n\
         ## Ce qu'un rôle voit d'un dossier\n\n\
         Chaque rôle est ici celui d'une personne de Lens ; son service, s'il en faut un, est la Caf ou le Département, sa commune, s'il en faut une, est Lens.\n\
         « Sa part » : ce que l'organisme a envoyé, ce qui lui a été envoyé, ses alertes, l'étape qui le concerne, et rien d'autre.\n\
         « Rien » : le dossier est absent, il n'est pas « interdit ».\n\n",
    );
    let titres: Vec<_> = cas(Role::Lecteur).into_iter().map(|c| c.titre).collect();
    let _ = writeln!(page, "| Rôle | Niveau | {} |", titres.join(" | "));
    let _ = writeln!(page, "|---|---|{}", "---|".repeat(titres.len()));
    for role in Role::TOUS {
        let niveau = match role.niveau() {
            Niveau::Acces => "accès",
            Niveau::Destinataire => "destinataire",
            Niveau::Aucun => "aucun dossier",
        };
        let agent = agent(role);
        let vus: Vec<_> = cas(role).iter().map(|cas| voit(&agent, cas)).collect();
        let _ = writeln!(page, "| {} | {niveau} | {} |", role.libelle(), vus.join(" | "));
    }
    page.push_str(
        "\n## Ce qu'un rôle consigne\n\n\
         Dans un dossier qu'il voit.\n\
         De sa part seulement, personne ne rapproche, ne suit les lettres, ni ne complète une notice, sauf l'étude qui l'a envoyée ; le diagnostic s'écrit sur mandat.\n\n\
         | Acte | Qui le consigne, en plus des secrétariats |\n|---|---|\n",
    );
    for (acte, libelle) in actes() {
        let qui: Vec<_> = Role::TOUS
            .into_iter()
            .filter(|role| !role.est_un_secretariat() && role.consigne(acte))
            .map(Role::libelle)
            .collect();
        let qui = if qui.is_empty() { "personne".to_owned() } else { qui.join(", ") };
        let _ = writeln!(page, "| {libelle} (`{acte}`) | {qui} |");
    }
    page.push_str(
        "\n## Par un accès exceptionnel\n\n\
         Un dossier de Lens, restreint à d'autres, confié à la Caf ou au Département : ce qu'en ouvre, pour quelques heures, un accès exceptionnel, aux rôles que le profil du Pas-de-Calais y admet.\n\n\
         | Rôle | Sans | Avec | Consigne |\n|---|---|---|---|\n",
    );
    let admis = Profil::integre("62").map(|p| p.acces_exceptionnel.roles).unwrap_or_default();
    for role in admis {
        let (soi, personne) = (agent(role), BTreeSet::new());
        let avec = Agent { exceptions: BTreeSet::from([DossierId(1)]), ..soi.clone() };
        let service = soi.service.clone().unwrap_or_default();
        let parties = Parties::new();
        let restreint = Situation {
            dossier: DossierId(1),
            profil: "62",
            sous_commission: "lens",
            service: &service,
            parties: &parties,
            nommes: Some(&personne),
        };
        let vu = |agent: &Agent| match agent.peut_lire(&restreint).map(|l| l.portee()) {
            Ok(Portee::Entier) => "entier",
            Ok(Portee::SaPart) => "sa part",
            Err(_) => "rien",
        };
        let actes = actes();
        let consignes: Vec<_> = actes
            .iter()
            .filter(|(acte, _)| avec.peut_consigner(&restreint, acte).is_ok())
            .map(|(_, libelle)| *libelle)
            .collect();
        let (nom, consignes) = (role.libelle(), consignes.join(", "));
        let _ = writeln!(page, "| {nom} | {} | {} | {consignes} |", vu(&soi), vu(&avec));
    }
    page
}
