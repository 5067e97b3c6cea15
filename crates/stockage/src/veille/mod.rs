//! La veille : ce que le temps seul change des vues, relu le jour où il le change.

use std::collections::{BTreeMap, BTreeSet};

use ccapex::identifiants::DossierId;
use jiff::civil::Date;

use crate::base::insertion::Lignes;
use crate::base::ligne::{DepuisLigne, Ligne};
use crate::base::valeur::valeurs;
use crate::base::{Connexion, Stockage, sql};
use crate::compteurs::Compteurs;
use crate::dossier::VueDossier;
use crate::echec::Echec;
use crate::journal::FaitEcrit;
use crate::tables;
use crate::transaction::{Transaction, en_parties, nouvelles_parties};
use crate::vues::Relecture;

/// Où commence la page suivante de ce qui est à veiller.
pub type Place = (Date, DossierId);

struct Jour(Date);

impl DepuisLigne for Jour {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self(l.jour("jour")?))
    }
}

struct JourDeProfil(String, Date);

impl DepuisLigne for JourDeProfil {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self(l.texte("profil")?, l.jour("jour")?))
    }
}

impl Connexion {
    async fn veille(&mut self, profil: &str) -> Result<Option<Date>, Echec> {
        let jour: Option<Jour> = self.lire_une(sql!("jour.sql"), valeurs![profil]).await?;
        Ok(jour.map(|j| j.0))
    }

    async fn a_veiller(
        &mut self,
        profil: &str,
        jour: Date,
        apres: Option<Place>,
        limite: i64,
    ) -> Result<Vec<VueDossier>, Echec> {
        let (le, dossier) = apres.unwrap_or((Date::MIN, DossierId(0)));
        // Un jour d'avant l'an 1 s'écrirait avec un signe : rien ne change ce jour-là.
        let le = le.max(jiff::civil::date(1, 1, 1));
        self.lire(sql!("a_veiller.sql"), valeurs![profil, jour, le, dossier, limite]).await
    }
}

impl Stockage {
    /// Le dernier jour veillé d'un profil ; rien si aucun ne l'a été.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn veille(&self, profil: &str) -> Result<Option<Date>, Echec> {
        let jour: Option<Jour> = self.base.lire_une(sql!("jour.sql"), valeurs![profil]).await?;
        Ok(jour.map(|j| j.0))
    }
}

impl Transaction {
    /// Le dernier jour veillé d'un profil ; rien si aucun ne l'a été.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn veille(&mut self, profil: &str) -> Result<Option<Date>, Echec> {
        self.connexion.veille(profil).await
    }

    /// Les dossiers que le temps change ce jour-là au plus tard, sans ce qui vient des identités.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn a_veiller(
        &mut self,
        profil: &str,
        jour: Date,
        apres: Option<Place>,
        limite: i64,
    ) -> Result<Vec<VueDossier>, Echec> {
        self.connexion.a_veiller(profil, jour, apres, limite).await
    }

    /// Réécrit ce que le temps a changé de dossiers, après et avant, et tient les compteurs.
    ///
    /// # Erreurs
    ///
    /// [`Echec::DisquePlein`].
    pub async fn veiller(&mut self, dossiers: Vec<(VueDossier, VueDossier)>) -> Result<(), Echec> {
        let mut compteurs = Compteurs::default();
        let mut lignes = Lignes::pour(&tables::VUE_DOSSIER_DU_JOUR, dossiers.len());
        let mut parties = BTreeSet::new();
        for (apres, avant) in dossiers {
            compteurs.retirer(&avant);
            compteurs.ajouter(&apres);
            self.connexion.oublier_les_parties(&apres, &avant).await?;
            parties.extend(nouvelles_parties(&apres, Some(&avant)));
            lignes.ligne(apres.en_ligne_du_jour()?);
        }
        self.connexion.mettre_a_jour(lignes).await?;
        self.connexion.inserer(en_parties(parties)).await?;
        self.connexion.inserer(compteurs.en_lignes()).await
    }

    /// Note que ce jour est veillé. Un jour d'avant ne change rien.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn avancer_la_veille(&mut self, profil: &str, jour: Date) -> Result<(), Echec> {
        self.connexion.executer(sql!("avancer.sql"), valeurs![profil, jour]).await?;
        Ok(())
    }

    /// Ramène à ce jour les profils veillés au-delà. Leurs vues sont ensuite à refaire.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn ramener_les_veilles(&mut self, jour: Date) -> Result<(), Echec> {
        self.connexion.executer(sql!("ramener.sql"), valeurs![jour]).await?;
        Ok(())
    }

    /// Une vue d'un jour d'avant la veille n'est plus à jour : ce qu'elle annonçait est arrivé.
    pub(crate) async fn a_jour_de_la_veille(
        &mut self,
        dossiers: &[(VueDossier, Option<VueDossier>)],
    ) -> Result<(), Echec> {
        let mut veilles: BTreeMap<&str, Option<Date>> = BTreeMap::new();
        for (apres, _) in dossiers {
            let veille = match veilles.get(apres.profil.as_str()) {
                Some(connue) => *connue,
                None => {
                    let lue = self.connexion.veille(&apres.profil).await?;
                    veilles.insert(&apres.profil, lue);
                    lue
                }
            };
            if let (Some(change_le), Some(veille)) = (apres.change_le, veille)
                && change_le <= veille
            {
                return Err(Echec::Conflit);
            }
        }
        Ok(())
    }
}

impl Relecture {
    /// Le dernier jour veillé de chaque profil.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn veilles(&mut self) -> Result<BTreeMap<String, Date>, Echec> {
        let jours: Vec<JourDeProfil> = self.connexion.lire(sql!("jours.sql"), vec![]).await?;
        Ok(jours.into_iter().map(|j| (j.0, j.1)).collect())
    }

    /// Les dossiers que le temps change ce jour-là au plus tard, sans ce qui vient des identités.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn a_veiller(
        &mut self,
        profil: &str,
        jour: Date,
        apres: Option<Place>,
        limite: i64,
    ) -> Result<Vec<VueDossier>, Echec> {
        self.connexion.a_veiller(profil, jour, apres, limite).await
    }

    /// Les journaux de ces dossiers, figés au même instant.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn journaux(
        &mut self,
        dossiers: &[DossierId],
    ) -> Result<BTreeMap<DossierId, Vec<FaitEcrit>>, Echec> {
        self.connexion.journaux(dossiers).await
    }
}
