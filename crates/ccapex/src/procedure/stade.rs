//! Le stade de la procédure, d'après les actes connus (étude, § 2.1).

use jiff::civil::Date;

use crate::dossier::Dossier;
use crate::notice::Nature;
use crate::signalement::fin_du_delai::fin_du_delai;

/// Le nom d'état du dossier ce jour-là : « cdp_signifie », « audience »…
///
/// L'acte le plus avancé l'emporte ; le temps qui passe fait le reste.
#[must_use]
pub fn stade(dossier: &Dossier, aujourd_hui: Date) -> &'static str {
    let Some(notice) = dossier.en_vigueur().max_by_key(|n| (avancee(n.nature), n.contenu.date))
    else {
        return "bail_en_cours";
    };
    let contenu = &notice.contenu;
    match notice.nature {
        Nature::SaisineBailleur | Nature::Alerte => "impaye_naissant",
        Nature::SignalementImpaye => "impaye_constitue_aide",
        Nature::Cdp => {
            let acquise = fin_du_delai(notice.nature, contenu)
                .is_ok_and(|fin| fin.valeur.premier_jour_possible <= aujourd_hui);
            if acquise { "clause_acquise" } else { "cdp_signifie" }
        }
        Nature::Assignation => {
            let passee = contenu.date_audience.is_some_and(|audience| audience <= aujourd_hui);
            if passee { "audience" } else { "assignation_delivree" }
        }
        Nature::Decision => match contenu.autres.get("issue").and_then(|v| v.as_str()) {
            Some("delais") => "delais_accordes_clause_suspendue",
            Some("rejet" | "desistement") => "rejet_demande",
            _ => "resiliation_expulsion_ordonnee",
        },
        Nature::Cql => "cql_signifie",
        Nature::RequisitionCfp => "cfp_demande",
    }
}

/// Un stade, en mots.
#[must_use]
pub fn stade_en_mots(stade: &str) -> &str {
    match stade {
        "bail_en_cours" => "Bail en cours",
        "impaye_naissant" => "Impayé naissant",
        "impaye_constitue_aide" => "Impayé constitué (aide au logement)",
        "cdp_signifie" => "Commandement de payer signifié",
        "clause_acquise" => "Délai du commandement expiré",
        "assignation_delivree" => "Assignation délivrée",
        "audience" => "Audience tenue",
        "delais_accordes_clause_suspendue" => "Délais accordés, clause suspendue",
        "rejet_demande" => "Demande rejetée",
        "resiliation_expulsion_ordonnee" => "Expulsion ordonnée",
        "cql_signifie" => "Commandement de quitter les lieux",
        "cfp_demande" => "Concours de la force publique demandé",
        "joint" => "Suivi dans un autre dossier",
        autre => autre,
    }
}

fn avancee(nature: Nature) -> u8 {
    match nature {
        Nature::Alerte | Nature::SaisineBailleur => 0,
        Nature::SignalementImpaye => 1,
        Nature::Cdp => 2,
        Nature::Assignation => 3,
        Nature::Decision => 4,
        Nature::Cql => 5,
        Nature::RequisitionCfp => 6,
    }
}
