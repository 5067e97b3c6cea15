//! Ce qui est engagé pour le ménage, son aide au logement, et ce qu'il en dit.

use ccapex::acte::Quoi;
use ccapex::acte::codes::IssueDeDecisionSurAide;
use ccapex::cours::Suivi;
use ccapex::notice::Nature;
use droit::regles::aide::effet_de_la_suspension;

use super::Fiche;
use crate::actes::dire;
use crate::dossiers::vu::Vu;
use crate::mots;

/// Les démarches, mesures et garanties ; vide si rien n'est engagé.
pub(super) fn demarches(vu: &Vu<'_>) -> Option<Fiche> {
    let cours = &vu.cours;
    let mut lignes = Vec::new();
    let mut dit = |titre: &str, valeur: String| lignes.push((titre.to_owned(), valeur));
    for (titre, suivi) in [
        ("FSL", &cours.demarches.fsl),
        ("DALO", &cours.demarches.dalo),
        ("DAHO", &cours.demarches.daho),
        ("Surendettement", &cours.demarches.surendettement),
    ] {
        if let Some(suivi) = suivi {
            dit(titre, demarche(suivi));
        }
    }
    for (code, etape, le) in &cours.garanties {
        let titre = dire::code("garantie", "code", code, &vu.noms.0);
        dit(&titre, format!("{} le {}", etape.libelle(), mots::jour(*le)));
    }
    for mesure in &cours.dispositifs {
        let titre = dire::code("dispositif", "code", &mesure.code, &vu.noms.0);
        dit(&titre, format!("{} le {}", mesure.etape.libelle(), mots::jour(mesure.le)));
    }
    if let Some((nature, le)) = cours.protection {
        dit("Mesure de protection", format!("{}, depuis le {}", nature.libelle(), mots::jour(le)));
    }
    let dsf = &cours.dsf;
    for (titre, le) in [
        ("Diagnostic demandé", dsf.demande_le),
        ("Diagnostic réalisé", dsf.realise_le),
        ("Diagnostic transmis", dsf.transmis_le),
    ] {
        if let Some(le) = le {
            dit(titre, format!("le {}", mots::jour(le)));
        }
    }
    (!lignes.is_empty()).then(|| Fiche {
        titre: "Démarches et garanties".to_owned(),
        lignes,
        motifs: Vec::new(),
    })
}

/// L'aide au logement : qui en décide pour cet impayé, ce qui est décidé, et quand cela prend effet.
pub(super) fn aide(vu: &Vu<'_>) -> Option<Fiche> {
    let dette = &vu.cours.dette;
    let signale_le = vu
        .ouvert
        .dossier
        .en_vigueur()
        .filter(|n| n.nature == Nature::SignalementImpaye)
        .filter_map(|n| n.contenu.date)
        .max();
    if signale_le.is_none() && dette.aide.is_none() && dette.decision_aide.is_none() {
        return None;
    }
    let mut fiche = Fiche { titre: "Aide au logement".to_owned(), ..Fiche::default() };
    let mut dit = |titre: &str, valeur: String| fiche.lignes.push((titre.to_owned(), valeur));
    if let Some((sort, le)) = dette.aide {
        dit("L'aide", format!("{} le {}", sort.libelle(), mots::jour(le)));
    }
    if let Some((issue, le, notifiee)) = dette.decision_aide {
        dit("Décision", format!("{} le {}", issue.libelle(), mots::jour(le)));
        dit(
            "Notifiée",
            notifiee.map_or_else(|| "à l'organisme payeur : pas encore".to_owned(), mots::jour),
        );
        let effet = notifiee
            .filter(|_| issue == IssueDeDecisionSurAide::Suspension)
            .and_then(|le| effet_de_la_suspension(le).ok());
        if let Some(effet) = effet {
            dit("Prend effet", mots::jour(effet.valeur));
            fiche.motifs.extend(effet.motifs.iter().map(|m| mots::capitale(&m.to_string())));
        }
    }
    let du = signale_le.or(dette.decision_aide.map(|(_, le, _)| le)).unwrap_or(vu.jour);
    let qui = droit::catalogue::regle("decideur_maintien_aide").and_then(|r| r.le(du).ok());
    if let Some(qui) = qui {
        fiche.lignes.push(("Qui décide".to_owned(), mots::capitale(&qui.valeur)));
        let depuis = signale_le
            .map_or_else(String::new, |le| format!("Impayé signalé le {} : ", mots::jour(le)));
        fiche.motifs.insert(0, format!("{depuis}{} ({})", qui.valeur, qui.source));
    }
    Some(fiche)
}

fn demarche(suivi: &Suivi) -> String {
    let mut dite = format!("{} le {}", suivi.demarche.etape.libelle(), mots::jour(suivi.le));
    if let Some(montant) = suivi.demarche.montant {
        dite.push_str(&format!(", {montant}"));
    }
    if let Some(fin) = suivi.demarche.jusqu_au {
        dite.push_str(&format!(", jusqu'au {}", mots::jour(fin)));
    }
    if let Some(depot) = suivi.depose_le.filter(|le| *le != suivi.le) {
        dite.push_str(&format!(" (déposé le {})", mots::jour(depot)));
    }
    dite
}

/// Une parole du ménage.
pub struct Parole {
    pub jour: String,
    pub dit: String,
    pub adhesion: String,
}

/// Ce que dit le ménage, et ce qu'on a fait pour l'entendre.
pub struct Menage {
    pub paroles: Vec<Parole>,
    pub contact: String,
}

pub(super) fn menage(vu: &Vu<'_>) -> Menage {
    let mut paroles = Vec::new();
    for acte in vu.ouvert.dossier.actes.iter().rev() {
        if let Quoi::ParoleMenage { adhesion } = &acte.consigne.quoi {
            let texte = vu.textes(&acte.id).and_then(|t| t.get("parole"));
            paroles.push(Parole {
                jour: mots::jour(acte.consigne.date),
                dit: texte.cloned().unwrap_or_default(),
                adhesion: adhesion.map_or_else(String::new, |a| mots::capitale(a.libelle())),
            });
        }
    }
    let joint = vu.cours.joint_le.map(|le| format!("Joint le {}. ", mots::jour(le)));
    let vaines = mots::compte(vu.cours.tentatives.len() as u64, "tentative", "tentatives");
    Menage {
        paroles,
        contact: match (joint, vu.cours.tentatives.len()) {
            (None, 0) => "Aucune tentative de contact n'est consignée.".to_owned(),
            (Some(joint), 0) => joint.trim_end().to_owned(),
            (joint, _) => format!("{}{vaines} sans réponse.", joint.unwrap_or_default()),
        },
    }
}
