//! Ce que dessinent les images d'un territoire : des sommes de compteurs tenus, jamais un parcours des
//! dossiers.

use std::collections::BTreeMap;

use ccapex::partenaires::habilitation::{Perimetre, Vue};
use jiff::civil::Date;

use super::{COMMUNE, STADE, compteurs};
use crate::base::ligne::{DepuisLigne, Ligne};
use crate::base::requete::Requete;
use crate::base::{Sql, Stockage};
use crate::dossier::VueDossier;
use crate::echec::Echec;

/// Les dossiers ouverts d'un périmètre, par stade, par commune et par service.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Images {
    /// Par stade.
    pub stades: BTreeMap<String, i64>,
    /// Par commune, d'après son code INSEE.
    pub communes: BTreeMap<String, i64>,
    /// Par service en charge ; un nom vide, sans service.
    pub services: BTreeMap<String, i64>,
    /// Ceux dont l'étape est en retard, par service en charge.
    pub en_retard: BTreeMap<String, i64>,
}

impl Images {
    /// Compte un dossier comme les compteurs tenus l'auraient compté.
    fn ajouter(&mut self, vue: &VueDossier, aujourd_hui: Date) {
        let un_de_plus = |image: &mut BTreeMap<String, i64>, nom: &str| {
            *image.entry(nom.to_owned()).or_default() += 1;
        };
        let aujourd_hui = aujourd_hui.to_string();
        for (nom, jour) in compteurs(vue) {
            if let Some(stade) = nom.strip_prefix(STADE) {
                un_de_plus(&mut self.stades, stade);
            } else if let Some(commune) = nom.strip_prefix(COMMUNE) {
                un_de_plus(&mut self.communes, commune);
            } else if nom == "ouvert" {
                un_de_plus(&mut self.services, &vue.service);
            } else if nom == "etape" && jour < aujourd_hui {
                un_de_plus(&mut self.en_retard, &vue.service);
            }
        }
    }
}

struct Somme {
    nom: String,
    n: i64,
}

impl DepuisLigne for Somme {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self { nom: l.texte("nom")?, n: l.entier("n")? })
    }
}

impl Stockage {
    /// Les nombres à dessiner, dans un périmètre : avec les dossiers d'accès restreint qu'il ouvre, que les
    /// compteurs tenus ne comptent pas.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn images(&self, du: &Perimetre, aujourd_hui: Date) -> Result<Images, Echec> {
        let restreint = match du.vue() {
            Vue::Profil | Vue::Chiffres => None,
            Vue::SousCommission(code) => Some(("sous_commission", code.as_str())),
            Vue::Service(code) => Some(("service", code.as_str())),
            // Aucun compteur n'est tenu pour qui n'a que sa part.
            Vue::Parties => return Ok(Images::default()),
        };
        let par = |colonne: &str| {
            let mut requete = Requete::default();
            requete.texte("SELECT c.").texte(colonne).texte(" AS nom, CAST(SUM(c.n) AS BIGINT)");
            requete.texte(" AS n FROM vue_compte c WHERE c.profil = ").valeur(du.profil());
            if let Some((colonne, code)) = restreint {
                requete.texte(" AND c.").texte(colonne).texte(" = ").valeur(code);
            }
            requete
        };
        let mut ouverts = par("service");
        ouverts.texte(" AND c.compteur = 'ouvert'");
        let mut en_retard = par("service");
        en_retard.texte(" AND c.compteur = 'etape' AND c.jour < ").valeur(aujourd_hui);
        let mut images = Images {
            stades: self.codes(par("compteur"), STADE).await?,
            communes: self.codes(par("compteur"), COMMUNE).await?,
            services: self.sommes(ouverts).await?,
            en_retard: self.sommes(en_retard).await?,
        };
        for vue in self.restreints(du).await? {
            images.ajouter(&vue, aujourd_hui);
        }
        Ok(images)
    }

    /// Les compteurs dont le nom commence ainsi, par ce qui suit.
    async fn codes(
        &self,
        mut requete: Requete,
        debut: &str,
    ) -> Result<BTreeMap<String, i64>, Echec> {
        requete.texte(" AND c.compteur >= ").valeur(debut);
        requete.texte(" AND c.compteur < ").valeur(format!("{debut}\u{10ffff}"));
        let sommes = self.sommes(requete).await?;
        let sans_debut = |(nom, n): (String, i64)| Some((nom.strip_prefix(debut)?.to_owned(), n));
        Ok(sommes.into_iter().filter_map(sans_debut).collect())
    }

    async fn sommes(&self, mut requete: Requete) -> Result<BTreeMap<String, i64>, Echec> {
        requete.texte(" GROUP BY 1");
        let sommes: Vec<Somme> =
            self.base.lire(Sql::Assemble(requete.sql), requete.valeurs).await?;
        Ok(sommes.into_iter().filter(|s| s.n > 0).map(|s| (s.nom, s.n)).collect())
    }
}
