//! Exporter une liste : exactement ce qui est montré, avec les mêmes droits.

use ccapex::partenaires::agent::Agent;
use ccapex::procedure::stade::stade_en_mots;
use ccapex::signalement::statut::{Statut, motif_en_mots};
use jiff::civil::Date;
use stockage::liste::Filtre;
use tableur::ecriture::{Cellule, Colonne, Ecrivain, Format, GenreColonne};

use crate::dossiers::lister::lister;
use crate::echec::Echec;
use crate::maison::Maison;

const COLONNES: [(&str, GenreColonne); 12] = [
    ("Référence", GenreColonne::Texte),
    ("Ménage", GenreColonne::Texte),
    ("Adresse", GenreColonne::Texte),
    ("Stade", GenreColonne::Texte),
    ("Réponse", GenreColonne::Texte),
    ("Motif", GenreColonne::Texte),
    ("Sous-commission", GenreColonne::Texte),
    ("Service en charge", GenreColonne::Texte),
    ("Prochaine étape", GenreColonne::Texte),
    ("Par", GenreColonne::Texte),
    ("Avant le", GenreColonne::Date),
    ("Dette", GenreColonne::Montant),
];

/// Les dossiers que le filtre retient, page après page, dans un tableur.
///
/// # Erreurs
///
/// [`Echec`] de la base, ou du tableur s'il ne peut pas contenir la liste.
pub async fn exporter(
    maison: &Maison,
    agent: &Agent,
    filtre: &Filtre,
    format: Format,
    aujourd_hui: Date,
) -> Result<Vec<u8>, Echec> {
    let colonnes = COLONNES.map(|(titre, genre)| Colonne { titre: titre.to_owned(), genre });
    let mut ecrivain = Ecrivain::nouveau(format, "Dossiers", &colonnes)
        .map_err(|e| Echec::Refus(e.to_string()))?;
    let mut filtre = filtre.clone();
    filtre.limite = 1_000;
    loop {
        let liste = lister(maison, agent, &filtre, aujourd_hui).await?;
        for d in &liste.page.lignes {
            let statut = Statut::de_code(&d.statut).map_or(d.statut.as_str(), |s| s.libelle());
            ecrivain
                .ligne(&[
                    Cellule::Texte(d.reference.clone()),
                    Cellule::Texte(d.nom.clone()),
                    Cellule::Texte(d.adresse.clone()),
                    Cellule::Texte(stade_en_mots(&d.stade).to_owned()),
                    Cellule::Texte(statut.to_owned()),
                    Cellule::Texte(motif_en_mots(&d.motif).to_owned()),
                    Cellule::Texte(d.sous_commission.clone()),
                    Cellule::Texte(d.service.clone()),
                    Cellule::Texte(d.etape_quoi.clone()),
                    Cellule::Texte(d.etape_qui.clone()),
                    d.etape_avant_le.map_or(Cellule::Vide, Cellule::Date),
                    d.dette.map_or(Cellule::Vide, Cellule::Montant),
                ])
                .map_err(|e| Echec::Refus(e.to_string()))?;
        }
        match liste.page.suivant {
            Some(suivant) => filtre.apres = Some(suivant),
            None => return ecrivain.terminer().map_err(|e| Echec::Refus(e.to_string())),
        }
    }
}
