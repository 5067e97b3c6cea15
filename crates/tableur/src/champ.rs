//! Les champs canoniques d'une notice : les mots que le reste du programme attend.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Ce qu'une cellule doit contenir pour un champ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Genre {
    /// Texte libre.
    Texte,
    /// Date d'un acte ou d'un bail.
    Date,
    /// Date de naissance : une année sur deux chiffres est du siècle passé.
    DateNaissance,
    /// Somme en euros, rendue en centimes.
    Montant,
    /// Nombre entier.
    Entier,
    /// Oui ou non.
    OuiNon,
    /// Code postal français, cinq chiffres.
    CodePostal,
    /// Un mot d'une liste fermée ; le premier élément dit quelle liste.
    Code(ListeDeCodes),
}

/// Les listes fermées dont les synonymes sont des données.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ListeDeCodes {
    /// `personne_physique`, `sci_familiale`, `personne_morale`, `bailleur_social` ; `sci` seul reste ambigu.
    BailleurType,
    /// Fondement d'une assignation.
    Motif,
    /// Régime du bail.
    Regime,
    /// Titre de l'occupant.
    Occupation,
    /// Nature de la notice.
    Nature,
    /// Auteur d'un signalement d'impayé.
    Origine,
    /// Issue d'une décision.
    Issue,
    /// Voie par laquelle l'acte est arrivé.
    Canal,
}

impl ListeDeCodes {
    /// Nom de la liste dans les données de synonymes.
    pub const fn nom(self) -> &'static str {
        match self {
            Self::BailleurType => "bailleur_type",
            Self::Motif => "motif",
            Self::Regime => "regime",
            Self::Occupation => "occupation",
            Self::Nature => "nature",
            Self::Origine => "origine",
            Self::Issue => "issue",
            Self::Canal => "canal",
        }
    }
}

macro_rules! champs {
    ($($variante:ident $nom:literal $genre:expr, $libelle:literal;)*) => {
        /// Un champ canonique du contrat.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Champ {
            $(#[doc = $libelle] $variante,)*
        }

        impl Champ {
            /// Tous les champs, dans l'ordre du contrat.
            pub const TOUS: &'static [Champ] = &[$(Champ::$variante,)*];

            /// Nom canonique, tel que le contrat l'écrit.
            pub const fn nom(self) -> &'static str {
                match self { $(Champ::$variante => $nom,)* }
            }

            /// Le champ d'après son nom canonique exact.
            pub fn de_nom(nom: &str) -> Option<Self> {
                match nom { $($nom => Some(Champ::$variante),)* _ => None }
            }

            /// Ce que la cellule doit contenir.
            pub const fn genre(self) -> Genre {
                match self { $(Champ::$variante => $genre,)* }
            }

            /// Nom à montrer à une personne.
            pub const fn libelle(self) -> &'static str {
                match self { $(Champ::$variante => $libelle,)* }
            }
        }
    };
}

champs! {
    Nature "nature" Genre::Code(ListeDeCodes::Nature), "nature de la notice";
    Dossier "dossier" Genre::Texte, "référence du dossier";
    ReferenceActe "reference_acte" Genre::Texte, "référence de l’acte";
    Etude "etude" Genre::Texte, "étude";
    Date "date" Genre::Date, "date de l’acte";
    DateSignification "date_signification" Genre::Date, "date de signification";
    DateAssignation "date_assignation" Genre::Date, "date de l’assignation";
    DateNotificationPrefet "date_notification_prefet" Genre::Date, "date de notification au préfet";
    DateAudience "date_audience" Genre::Date, "date de l’audience";
    Tribunal "tribunal" Genre::Texte, "tribunal";
    Motif "motif" Genre::Code(ListeDeCodes::Motif), "motif";
    BailleurType "bailleur_type" Genre::Code(ListeDeCodes::BailleurType), "qualité du bailleur";
    BailleurNom "bailleur_nom" Genre::Texte, "nom du bailleur";
    BailleurAdresse "bailleur_adresse" Genre::Texte, "adresse du bailleur";
    LocataireNom "locataire_nom" Genre::Texte, "nom du locataire";
    LocatairePrenom "locataire_prenom" Genre::Texte, "prénom du locataire";
    LocataireDateNaissance "locataire_date_naissance" Genre::DateNaissance, "date de naissance du locataire";
    Telephone "telephone" Genre::Texte, "téléphone";
    Courriel "courriel" Genre::Texte, "courriel";
    LogementAdresse "logement_adresse" Genre::Texte, "adresse du logement";
    CodePostal "code_postal" Genre::CodePostal, "code postal";
    Commune "commune" Genre::Texte, "commune";
    DateBail "date_bail" Genre::Date, "date du bail";
    BailReconduitLe "bail_reconduit_le" Genre::Date, "dernière reconduction du bail";
    Regime "regime" Genre::Code(ListeDeCodes::Regime), "régime du bail";
    Occupation "occupation" Genre::Code(ListeDeCodes::Occupation), "titre d’occupation";
    LoyerHorsCharges "loyer_hors_charges" Genre::Montant, "loyer hors charges";
    Charges "charges" Genre::Montant, "charges";
    MontantDette "montant_dette" Genre::Montant, "montant de la dette";
    ImpayeDepuis "impaye_depuis" Genre::Date, "impayé depuis le";
    AideLogement "aide_logement" Genre::OuiNon, "aide au logement";
    NombreAdultes "nombre_adultes" Genre::Entier, "nombre d’adultes";
    NombreEnfants "nombre_enfants" Genre::Entier, "nombre d’enfants";
    ReferenceExploc "reference_exploc" Genre::Texte, "référence EXPLOC";
    Canal "canal" Genre::Code(ListeDeCodes::Canal), "canal";
    Origine "origine" Genre::Code(ListeDeCodes::Origine), "origine du signalement";
    Dette "dette" Genre::Montant, "dette";
    AideVerseeA "aide_versee_a" Genre::Texte, "aide versée à";
    Issue "issue" Genre::Code(ListeDeCodes::Issue), "issue";
    DelaisMois "delais_mois" Genre::Entier, "délais de paiement, en mois";
    DelaiDepartMois "delai_depart_mois" Genre::Entier, "délai pour partir, en mois";
    LoyerRepris "loyer_repris" Genre::OuiNon, "paiement du loyer repris";
    ParDefaut "par_defaut" Genre::OuiNon, "décision rendue en l’absence du locataire";
    DateEffet "date_effet" Genre::Date, "date d’effet";
    JusquAu "jusqu_au" Genre::Date, "jusqu’au";
    EffetAu "effet_au" Genre::Date, "effet au";
    Code "code" Genre::Texte, "code de l’alerte";
    Contenu "contenu" Genre::Texte, "contenu";
    Destinataires "destinataires" Genre::Texte, "destinataires";
}

impl fmt::Display for Champ {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.nom())
    }
}

impl Serialize for Champ {
    fn serialize<S: Serializer>(&self, serialiseur: S) -> Result<S::Ok, S::Error> {
        serialiseur.serialize_str(self.nom())
    }
}

impl<'de> Deserialize<'de> for Champ {
    fn deserialize<D: Deserializer<'de>>(deserialiseur: D) -> Result<Self, D::Error> {
        let nom = String::deserialize(deserialiseur)?;
        Champ::de_nom(&nom)
            .ok_or_else(|| serde::de::Error::custom(format!("« {nom} » n'est pas un champ connu")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn le_nom_canonique_ramene_au_champ() {
        for champ in Champ::TOUS {
            assert_eq!(Champ::de_nom(champ.nom()), Some(*champ));
        }
        assert_eq!(Champ::de_nom("Locataire_Nom"), None);
    }

    #[test]
    fn un_champ_s_ecrit_et_se_relit_par_son_nom() {
        let json = serde_json::to_string(&Champ::MontantDette).unwrap();
        assert_eq!(json, "\"montant_dette\"");
        assert_eq!(serde_json::from_str::<Champ>(&json).unwrap(), Champ::MontantDette);
        assert!(serde_json::from_str::<Champ>("\"loyer\"").is_err());
    }
}
