//! Ce que dessinent les images d'un territoire : des sommes de compteurs tenus, jamais un parcours des
//! dossiers.

use std::collections::BTreeMap;

use ccapex::partenaires::habilitation::{Perimetre, Vue};
use jiff::civil::Date;

use super::{COMMUNE, STADE};
use crate::base::ligne::{DepuisLigne, Ligne};
use crate::base::requete::Requete;
use crate::base::{Sql, Stockage};
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
    /// Les nombres à dessiner, dans un périmètre.
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
        Ok(Images {
            stades: self.codes(par("compteur"), STADE).await?,
            communes: self.codes(par("compteur"), COMMUNE).await?,
            services: self.sommes(ouverts).await?,
            en_retard: self.sommes(en_retard).await?,
        })
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
