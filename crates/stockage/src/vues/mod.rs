//! Refaire les tables de lecture à partir du journal, et les comparer.
//!
//! `reconstruire` relit chaque dossier et écrit ses vues ; `verifier` les écrit dans une base
//! éphémère et compare. Le programme seul s'en sert : aucune personne ne lit rien ici.

use std::collections::BTreeMap;

use ccapex::identifiants::DossierId;
use sha2::{Digest, Sha256};

use crate::base::parcours::Parcours;
use crate::base::valeur::{Valeur, valeurs};
use crate::base::{Connexion, Stockage, sql};
use crate::courrier::VueCourrier;
use crate::echec::Echec;
use crate::journal::{FaitEcrit, par_dossier};
use crate::notice::NoticeEcrite;
use crate::question::VueQuestion;
use crate::tables::{self, Table};
use crate::transaction::Transaction;

/// Tout ce dont une vue se refait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DossierRelu {
    /// Le dossier.
    pub dossier: DossierId,
    /// Son journal, dans l'ordre.
    pub faits: Vec<FaitEcrit>,
    /// Ses notices.
    pub notices: Vec<NoticeEcrite>,
    /// Les lettres que la base contient : leur état ne vient pas du journal seul.
    pub courriers: Vec<VueCourrier>,
    /// Les questions que la base contient.
    pub questions: Vec<VueQuestion>,
    /// Les identités de ses notices encore au coffre.
    pub identites: BTreeMap<i64, String>,
}

/// Une lecture de toute la base, figée à l'instant où elle commence.
pub struct Relecture {
    pub(crate) connexion: Connexion,
}

/// Une ligne qui n'est pas la même dans deux bases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// La table.
    pub table: &'static str,
    /// La clé de la ligne, sans identité.
    pub cle: String,
    /// Ce qui diffère.
    pub ecart: Ecart,
}

/// En quoi une ligne diffère.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ecart {
    /// Elle n'est que dans la première base.
    EnTrop,
    /// Elle n'est que dans la seconde.
    Manquante,
    /// Ces colonnes n'ont pas la même valeur.
    Colonnes(Vec<&'static str>),
}

impl Stockage {
    /// Commence une relecture de toute la base.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn relecture(&self) -> Result<Relecture, Echec> {
        Ok(Relecture { connexion: self.base.instantane().await? })
    }

    /// L'empreinte de chaque table de lecture : deux bases aux mêmes vues ont les mêmes.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn empreinte_des_vues(&self) -> Result<BTreeMap<&'static str, String>, Echec> {
        let mut connexion = self.base.instantane().await?;
        let mut empreintes = BTreeMap::new();
        for table in tables::VUES {
            let mut empreinte = Sha256::new();
            let mut parcours = Parcours::de(table);
            loop {
                let lignes = parcours.page(&mut connexion).await?;
                if lignes.is_empty() {
                    break;
                }
                for ligne in lignes.iter().filter(|ligne| compte(table, ligne)) {
                    empreinte.update(format!("{ligne:?}\n"));
                }
            }
            empreintes.insert(table.nom, hex::encode(empreinte.finalize()));
        }
        Ok(empreintes)
    }

    /// Les lignes des vues qui ne sont pas les mêmes dans une autre base, `limite` au plus.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si une base ne répond pas.
    pub async fn differences(&self, autre: &Self, limite: usize) -> Result<Vec<Difference>, Echec> {
        let mut ici = self.base.instantane().await?;
        let mut la = autre.base.instantane().await?;
        let mut differences = vec![];
        for table in tables::VUES {
            comparer(table, &mut ici, &mut la, &mut differences, limite).await?;
        }
        Ok(differences)
    }
}

impl Relecture {
    /// Les dossiers d'après celui-ci, dans l'ordre, avec tout ce dont leur vue se refait ; vide à la fin.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn page(
        &mut self,
        apres: Option<DossierId>,
        limite: i64,
    ) -> Result<Vec<DossierRelu>, Echec> {
        let apres = apres.map_or(0, |d| d.0);
        let connexion = &mut self.connexion;
        // Les dossiers de la page vont jusqu'à celui-ci.
        let dernier: Option<i64> =
            connexion.lire_une(sql!("fin_de_page.sql"), valeurs![apres, limite]).await?;
        let Some(dernier) = dernier.filter(|dernier| *dernier > apres) else { return Ok(vec![]) };
        let faits = connexion.lire(sql!("faits.sql"), valeurs![apres, dernier]).await?;
        let notices: Vec<NoticeEcrite> =
            connexion.lire(sql!("notices.sql"), valeurs![apres, dernier]).await?;
        let courriers: Vec<VueCourrier> =
            connexion.lire(sql!("courriers.sql"), valeurs![apres, dernier]).await?;
        let questions: Vec<VueQuestion> =
            connexion.lire(sql!("questions.sql"), valeurs![apres, dernier]).await?;
        let cles: Vec<i64> = notices.iter().map(|n| n.id.0).collect();
        let identites = connexion.identites(&cles).await?;

        let mut relus: BTreeMap<DossierId, DossierRelu> = par_dossier(faits)
            .into_iter()
            .map(|(dossier, faits)| {
                let (notices, courriers, questions) = (vec![], vec![], vec![]);
                let identites = BTreeMap::new();
                (dossier, DossierRelu { dossier, faits, notices, courriers, questions, identites })
            })
            .collect();
        for notice in notices {
            if let Some(relu) = notice.dossier.and_then(|d| relus.get_mut(&d)) {
                if let Some(identite) = identites.get(&notice.id.0) {
                    relu.identites.insert(notice.id.0, identite.clone());
                }
                relu.notices.push(notice);
            }
        }
        for courrier in courriers {
            if let Some(relu) = courrier.dossier.and_then(|d| relus.get_mut(&d)) {
                relu.courriers.push(courrier);
            }
        }
        for question in questions {
            if let Some(relu) = relus.get_mut(&question.dossier) {
                relu.questions.push(question);
            }
        }
        Ok(relus.into_values().collect())
    }

    /// Les notices sans dossier d'après celle-ci, dans l'ordre ; vide à la fin.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn notices_sans_dossier(
        &mut self,
        apres: i64,
        limite: i64,
    ) -> Result<Vec<NoticeEcrite>, Echec> {
        self.connexion.lire(sql!("sans_dossier.sql"), valeurs![apres, limite]).await
    }

    /// Le journal d'un autre dossier, figé au même instant.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn journal(&mut self, dossier: DossierId) -> Result<Vec<FaitEcrit>, Echec> {
        Ok(self.connexion.journaux(&[dossier]).await?.remove(&dossier).unwrap_or_default())
    }

    /// Les identités encore au coffre.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn identites(&mut self, cles: &[i64]) -> Result<BTreeMap<i64, String>, Echec> {
        self.connexion.identites(cles).await
    }
}

impl Transaction {
    /// Vide toutes les tables de lecture, pour les refaire dans la même transaction.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn vider_vues(&mut self) -> Result<(), Echec> {
        for table in tables::VUES {
            self.connexion.executer_texte(format!("DELETE FROM {}", table.nom)).await?;
        }
        self.connexion.executer(sql!("refaites.sql"), vec![]).await?;
        Ok(())
    }
}

impl Stockage {
    /// La base vient d'une version d'avant : ses tables de lecture sont à refaire.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn vues_a_refaire(&self) -> Result<bool, Echec> {
        let marque: Option<i64> = self.base.lire_une(sql!("a_refaire.sql"), vec![]).await?;
        Ok(marque.is_some())
    }
}

/// Un compteur retombé à zéro ne compte pas : une base refaite ne l'a jamais eu.
fn compte(table: &Table, ligne: &[Valeur]) -> bool {
    table.nom != tables::VUE_COMPTE.nom || ligne.last() != Some(&Valeur::Entier(Some(0)))
}

/// Une table, ligne après ligne.
struct Lignes<'a> {
    connexion: &'a mut Connexion,
    table: &'static Table,
    parcours: Parcours,
    page: std::vec::IntoIter<Vec<Valeur>>,
}

impl<'a> Lignes<'a> {
    fn de(table: &'static Table, connexion: &'a mut Connexion) -> Self {
        Self { connexion, table, parcours: Parcours::de(table), page: vec![].into_iter() }
    }

    async fn suivante(&mut self) -> Result<Option<Vec<Valeur>>, Echec> {
        loop {
            match self.page.next() {
                Some(ligne) if compte(self.table, &ligne) => return Ok(Some(ligne)),
                Some(_) => {}
                None => {
                    let page = self.parcours.page(self.connexion).await?;
                    if page.is_empty() {
                        return Ok(None);
                    }
                    self.page = page.into_iter();
                }
            }
        }
    }
}

async fn comparer(
    table: &'static Table,
    ici: &mut Connexion,
    la: &mut Connexion,
    differences: &mut Vec<Difference>,
    limite: usize,
) -> Result<(), Echec> {
    let (mut ici, mut la) = (Lignes::de(table, ici), Lignes::de(table, la));
    let (mut a, mut b) = (ici.suivante().await?, la.suivante().await?);
    let places = table.places_de_la_cle();
    let cle = |ligne: &[Valeur]| places.iter().map(|p| ligne[*p].clone()).collect::<Vec<_>>();
    while differences.len() < limite {
        let (cle_a, cle_b) = (a.as_deref().map(cle), b.as_deref().map(cle));
        let (trouvee, ecart) = match (&cle_a, &cle_b) {
            (None, None) => break,
            (Some(cle), None) => (cle, Ecart::EnTrop),
            (None, Some(cle)) => (cle, Ecart::Manquante),
            (Some(x), Some(y)) if x < y => (x, Ecart::EnTrop),
            (Some(x), Some(y)) if x > y => (y, Ecart::Manquante),
            (Some(x), Some(_)) => {
                let paires = a.iter().flatten().zip(b.iter().flatten()).zip(table.colonnes);
                let colonnes = paires.filter(|((x, y), _)| x != y).map(|(_, (nom, _))| *nom);
                (x, Ecart::Colonnes(colonnes.collect()))
            }
        };
        if ecart != Ecart::Colonnes(vec![]) {
            let cle = sans_identite(table, trouvee);
            differences.push(Difference { table: table.nom, cle, ecart: ecart.clone() });
        }
        if ecart != Ecart::Manquante {
            a = ici.suivante().await?;
        }
        if ecart != Ecart::EnTrop {
            b = la.suivante().await?;
        }
    }
    Ok(())
}

/// La clé d'une ligne, telle qu'un message peut la montrer : un mot d'un nom n'y est pas.
fn sans_identite(table: &Table, cle: &[Valeur]) -> String {
    let noms = table.cle.split(", ");
    let montree = |(nom, valeur): (&str, &Valeur)| match valeur {
        _ if nom == "terme" => format!("{nom}=…"),
        Valeur::Entier(n) => format!("{nom}={}", n.unwrap_or_default()),
        Valeur::Texte(t) => format!("{nom}={}", t.as_deref().unwrap_or_default()),
        Valeur::Octets(_) => format!("{nom}=…"),
    };
    noms.zip(cle).map(montree).collect::<Vec<_>>().join(", ")
}
