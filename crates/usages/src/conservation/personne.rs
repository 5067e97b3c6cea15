//! Ce qu'on sait d'un ménage, à lui remettre : ce qu'il est, ce qui est arrivé, qui l'a consulté.

use ccapex::acte::gabarit::gabarit;
use ccapex::fait::Acte;
use ccapex::notice::Identite;
use ccapex::partenaires::agent::Agent;
use documents::imprime::donnees_menage::{Acces, DonneesDuMenage, Ligne, Recue};
use documents::imprime::{Imprime, Tete};
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::courriers::modeles::titre;
use crate::courriers::pdf::Pdf;
use crate::dossiers::en_json::en_json;
use crate::dossiers::ouvrir::{DossierOuvert, ouvrir};
use crate::echec::Echec;
use crate::imprimes::imprimer_hors_du_fil;
use crate::maison::Maison;
use crate::registre::consulter::{LigneDeRegistre, registre};

/// Tout ce qu'on remet au ménage d'un dossier.
#[derive(Clone, Debug)]
pub struct Donnees {
    /// Le dossier.
    pub ouvert: DossierOuvert,
    /// Qui l'a consulté, sans les noms.
    pub acces: Vec<LigneDeRegistre>,
    /// Le jour de la remise.
    pub le: Date,
}

/// Réunit les données d'un ménage, pour les lui remettre.
///
/// # Erreurs
///
/// [`Echec::Habilitation`] pour qui ne contrôle pas les accès ou ne peut lire le dossier.
pub async fn donnees(
    maison: &Maison,
    agent: &Agent,
    reference: &str,
    aujourd_hui: Date,
    maintenant: Timestamp,
) -> Result<Donnees, Echec> {
    let mut acces = registre(maison, agent, reference).await?.acces;
    acces.iter_mut().for_each(|ligne| ligne.nom.clear());
    let ouvert = ouvrir(maison, agent, reference, aujourd_hui, maintenant).await?;
    Ok(Donnees { ouvert, acces, le: aujourd_hui })
}

/// Les données d'un ménage, prêtes à composer.
pub struct Papier {
    imprime: Imprime,
    profil: String,
    nom: String,
}

impl Papier {
    /// Le PDF, accessible et archivable.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Lettre`] si le modèle du territoire ne se compose pas.
    pub async fn en_pdf(self, maison: &Maison) -> Result<Pdf, Echec> {
        let modeles = maison.modeles(&self.profil)?;
        imprimer_hors_du_fil(modeles, self.imprime, self.nom).await
    }
}

/// Comment dater ce qu'on remet, à l'heure du territoire.
pub struct Dates<'a> {
    /// Un jour.
    pub jour: &'a dyn Fn(Date) -> String,
    /// Un instant.
    pub instant: &'a dyn Fn(Timestamp) -> String,
    /// Le jour d'un instant.
    pub jour_de: &'a dyn Fn(Timestamp) -> String,
}

/// Les données d'un ménage, en mots : les mêmes à l'écran et sur papier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remises {
    /// L'identité a été effacée, quand, pourquoi ; vide sinon.
    pub efface: String,
    /// Chaque notice, et ce qu'elle dit des personnes.
    pub notices: Vec<(String, Vec<(String, String)>)>,
    /// Les actes consignés, avec leurs textes : le jour, et quoi.
    pub actes: Vec<(String, String)>,
    /// Les lettres préparées : le jour, et laquelle.
    pub lettres: Vec<(String, String)>,
}

impl Donnees {
    /// Les mêmes, en mots.
    #[must_use]
    pub fn en_mots(&self, dates: &Dates<'_>) -> Remises {
        let ouvert = &self.ouvert;
        let notices = ouvert.notices.iter().map(|lue| {
            let titre = format!(
                "{}, reçue le {}",
                lue.notice.nature.libelle(),
                (dates.jour)(lue.notice.recue_le)
            );
            (titre, champs(&lue.identite, dates))
        });
        let lettres = ouvert
            .courriers
            .iter()
            .map(|lettre| ((dates.jour_de)(lettre.prepare_le), titre(&lettre.modele).to_owned()));
        Remises {
            efface: ouvert.efface.as_ref().map_or_else(String::new, |(le, motif)| {
                format!("L'identité a été effacée le {} ({motif}).", (dates.jour)(*le))
            }),
            notices: notices.collect(),
            actes: self.actes(dates),
            lettres: lettres.collect(),
        }
    }

    /// Les mêmes, à mettre sur papier.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Refus`] si le profil n'est plus connu.
    pub fn sur_papier(&self, maison: &Maison, dates: &Dates<'_>) -> Result<Papier, Echec> {
        let vue = &self.ouvert.vue;
        let remises = self.en_mots(dates);
        let lignes = |lignes: Vec<(String, String)>| -> Vec<Ligne> {
            lignes.into_iter().map(|(jour, quoi)| Ligne { jour, quoi }).collect()
        };
        let acces = self.acces.iter().map(|acces| Acces {
            quand: (dates.instant)(acces.quand),
            organisme: acces.organisme.clone(),
            geste: acces.geste.clone(),
            finalite: acces.finalite.clone(),
        });
        let imprime = DonneesDuMenage {
            tete: Tete {
                emetteur: vec![
                    "Commission de coordination des actions de prévention des expulsions locatives"
                        .to_owned(),
                    maison.profil(&vue.profil)?.nom.clone(),
                ],
                reference: vue.reference.clone(),
                date: self.le,
            },
            efface: remises.efface,
            notices: remises
                .notices
                .into_iter()
                .map(|(titre, champs)| Recue { titre, champs })
                .collect(),
            actes: lignes(remises.actes),
            lettres: lignes(remises.lettres),
            acces: acces.collect(),
        };
        Ok(Papier {
            imprime: Imprime::DonneesDuMenage(imprime),
            profil: vue.profil.clone(),
            nom: format!("{}-donnees.pdf", vue.reference),
        })
    }

    /// Les actes consignés, avec leurs textes.
    fn actes(&self, dates: &Dates<'_>) -> Vec<(String, String)> {
        let acte = |fait: &ccapex::fait::Fait| {
            let Acte::Consigne(consigne) = &fait.acte else { return None };
            let nom = consigne.quoi.nom();
            let mut ligne = gabarit(nom).map_or(nom, |g| g.libelle).to_owned();
            for texte in self.ouvert.textes.get(&fait.id).into_iter().flat_map(|t| t.values()) {
                ligne.push_str(" — ");
                ligne.push_str(texte);
            }
            Some(((dates.jour)(consigne.date), ligne))
        };
        self.ouvert.journal.iter().filter_map(acte).collect()
    }

    /// Les mêmes, en JSON, pour les porter ailleurs.
    #[must_use]
    pub fn en_json(&self) -> Value {
        let notices: Vec<Value> = self
            .ouvert
            .notices
            .iter()
            .map(|lue| {
                json!({
                    "nature": lue.notice.nature.code(),
                    "recue_le": lue.notice.recue_le,
                    "identite": lue.identite,
                    "contenu": lue.notice.contenu,
                })
            })
            .collect();
        let acces: Vec<Value> = self
            .acces
            .iter()
            .map(|ligne| {
                json!({
                    "quand": ligne.quand.to_string(), "organisme": ligne.organisme,
                    "geste": ligne.geste, "finalite": ligne.finalite,
                })
            })
            .collect();
        json!({
            "remis_le": self.le,
            "dossier": en_json(&self.ouvert, self.le),
            "notices": notices,
            "textes": self.ouvert.textes,
            "acces": acces,
        })
    }
}

fn champs(identite: &Identite, dates: &Dates<'_>) -> Vec<(String, String)> {
    let commune = format!("{} {}", identite.code_postal, identite.commune);
    let mut champs = vec![
        ("Nom", identite.nom.clone()),
        ("Prénom", identite.prenom.clone()),
        ("Naissance", identite.naissance.map_or_else(String::new, dates.jour)),
        ("Téléphone", identite.telephone.clone()),
        ("Courriel", identite.courriel.clone()),
        ("Adresse", identite.adresse.clone()),
        ("Commune", commune.trim().to_owned()),
        ("Bailleur", identite.bailleur_nom.clone()),
        ("Émetteur", identite.emetteur.clone()),
    ];
    champs.extend(identite.textes.values().map(|texte| ("Texte", texte.clone())));
    champs.retain(|(_, valeur)| !valeur.is_empty());
    champs.into_iter().map(|(nom, valeur)| (nom.to_owned(), valeur)).collect()
}
