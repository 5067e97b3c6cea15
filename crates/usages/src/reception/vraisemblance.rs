//! Ce qui se lit mais ne peut pas être vrai : une question à l'émetteur, jamais la base d'une réponse.

use droit::montant::Montant;
use tableur::champ::Champ;
use tableur::valeur::Valeur;

/// Au-delà, une dette de logement est une faute de saisie.
const DETTE_MAX: i64 = 10_000_000 * 100;

/// Au-delà, un loyer ou des charges d'un mois sont une faute de saisie.
const MOIS_MAX: i64 = 100_000 * 100;

/// Les années qu'un bail, un impayé ou un acte peut porter. Un numéro de jour vide se lit 1900.
const ANNEES: std::ops::RangeInclusive<i16> = 1930..=2090;

/// La valeur, ou la même déclarée illisible quand elle ne peut pas être vraie.
#[must_use]
pub(crate) fn vraisemblable(champ: Champ, valeur: Valeur) -> Valeur {
    match pourquoi_pas(champ, &valeur) {
        Some(pourquoi) => {
            Valeur::Illisible { brut: en_texte(&valeur), pourquoi: pourquoi.to_owned() }
        }
        None => valeur,
    }
}

fn pourquoi_pas(champ: Champ, valeur: &Valeur) -> Option<&'static str> {
    match (champ, valeur) {
        (Champ::LoyerHorsCharges, Valeur::Montant(centimes)) if *centimes <= 0 => {
            Some("un loyer est supérieur à zéro : quel est le loyer d'un mois, hors charges ?")
        }
        (Champ::LoyerHorsCharges | Champ::Charges, Valeur::Montant(centimes))
            if *centimes > MOIS_MAX =>
        {
            Some("plus de 100 000 € par mois : quelle est la somme d'un mois, en euros ?")
        }
        (Champ::Charges, Valeur::Montant(centimes)) if *centimes < 0 => {
            Some("des charges ne sont pas négatives : quelle est la provision d'un mois ?")
        }
        (Champ::MontantDette | Champ::Dette, Valeur::Montant(centimes)) if *centimes < 0 => Some(
            "une dette n'est pas négative : combien le locataire doit-il à la date de l'acte ?",
        ),
        (Champ::MontantDette | Champ::Dette, Valeur::Montant(centimes))
            if *centimes > DETTE_MAX =>
        {
            Some("plus de 10 millions d'euros : quel est le montant de la dette, en euros ?")
        }
        (
            Champ::DateBail | Champ::BailReconduitLe | Champ::ImpayeDepuis | Champ::DateAudience,
            Valeur::Date(date),
        ) if !ANNEES.contains(&date.year()) => {
            Some("cette année n'est pas possible ici : quelle est la date exacte ?")
        }
        // Une date à venir a sa propre question.
        (Champ::DateSignification | Champ::DateAssignation | Champ::Date, Valeur::Date(date))
            if date.year() < *ANNEES.start() =>
        {
            Some("un acte de cette année n'est pas possible : quelle est sa date exacte ?")
        }
        _ => None,
    }
}

fn en_texte(valeur: &Valeur) -> String {
    match valeur {
        Valeur::Montant(centimes) => Montant::centimes(*centimes).to_string(),
        Valeur::Date(date) => date.strftime("%d/%m/%Y").to_string(),
        Valeur::Texte(texte) => texte.clone(),
        Valeur::Entier(entier) => entier.to_string(),
        Valeur::OuiNon(oui) => if *oui { "oui" } else { "non" }.to_owned(),
        Valeur::Illisible { brut, .. } => brut.clone(),
    }
}
