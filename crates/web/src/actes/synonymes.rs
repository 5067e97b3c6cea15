//! Les mots d'une personne pour les actes dont le nom est un autre.

/// Ce qu'on cherche quand on veut cet acte ; vide quand son nom se devine.
#[rustfmt::skip]
const MOTS: [(&str, &str); 20] = [
    ("contact",                   "appel, téléphone, visite, mail, courriel, SMS, courrier"),
    ("parole_menage",             "souhait, avis du locataire, adhésion"),
    ("prise_en_charge",           "service désigné, accepter, refuser"),
    ("dispositif",                "accompagnement, AVDL, ASLL, FSL"),
    ("mesure_protection",         "tutelle, curatelle"),
    ("dette",                     "impayé, solde, arriéré"),
    ("plan_apurement",            "échéancier, étalement"),
    ("echeance_plan",             "versement, paiement"),
    ("aide_logement",             "APL, allocation logement"),
    ("garantie",                  "Visale, caution, Garantie Loyer"),
    ("dsf_rendez_vous",           "rendez-vous, convocation"),
    ("porte_close",               "visite sans réponse, absent"),
    ("dsf_realise",               "DSF, enquête"),
    ("decision_jex",              "JEX, délais de grâce"),
    ("enquete_sociale",           "rapport social"),
    ("decision_cfp",              "CFP, préfet, sous-préfet"),
    ("depart",                    "remise des clés, déménagement"),
    ("relogement",                "nouveau logement, attribution"),
    ("hebergement",               "hôtel, CHRS, SIAO"),
    ("issue_menage",              "clôture, fin du dossier"),
];

pub(super) fn mots(acte: &str) -> &'static str {
    MOTS.iter().find(|(connu, _)| *connu == acte).map_or("", |(_, mots)| mots)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actes::sorte::Sorte;

    #[test]
    fn chaque_acte_qui_a_d_autres_mots_existe() {
        for (acte, mots) in MOTS {
            assert!(Sorte::de(acte).is_some(), "{acte}");
            assert!(!mots.is_empty(), "{acte}");
        }
    }
}
