//! Ce qui est arrivé à un compte, et qui l'a fait. Aucun secret, aucune adresse.

use std::collections::BTreeMap;

use ccapex::identifiants::AgentId;
use jiff::Timestamp;

use crate::base::ligne::{DepuisLigne, Ligne};
use crate::base::noms::noms_ecrits;
use crate::base::valeur::valeurs;
use crate::base::{Stockage, sql};
use crate::echec::Echec;

noms_ecrits!(
    /// Ce qui est arrivé à un compte.
    Geste {
        /// Une session s'est ouverte.
        Connexion = "connexion",
        /// Une session s'est ouverte par un code de secours.
        ConnexionDeSecours = "connexion_de_secours",
        /// Une session s'est ouverte par un fournisseur d'identité.
        ConnexionFournie = "connexion_fournie",
        /// Assez d'essais manqués pour que l'attente commence.
        Attente = "attente",
        /// Une session s'est fermée à la demande.
        Deconnexion = "deconnexion",
        /// Les autres sessions ont été fermées.
        SessionsFermees = "sessions_fermees",
        /// Un nouveau mot de passe.
        MotDePasse = "mot_de_passe",
        /// Un second facteur a été choisi.
        FacteurActive = "facteur_active",
        /// Le second facteur a été retiré.
        FacteurRetire = "facteur_retire",
        /// Les codes de secours ont été remplacés.
        CodesRemplaces = "codes_remplaces",
        /// Un appareil de confiance de plus.
        AppareilAjoute = "appareil_ajoute",
        /// Plus aucun appareil de confiance.
        AppareilsOublies = "appareils_oublies",
        /// La personne a été invitée.
        Invite = "invite",
        /// L'invitation a été annulée.
        InvitationAnnulee = "invitation_annulee",
        /// La personne a pris possession de son compte.
        InvitationAcceptee = "invitation_acceptee",
        /// Un fournisseur d'identité connaît désormais ce compte.
        IdentiteLiee = "identite_liee",
        /// Une collègue ou un collègue le supplée.
        SuppleanceDecidee = "suppleance_decidee",
        /// Une suppléance a fini avant l'heure.
        SuppleanceFinie = "suppleance_finie",
        /// La personne répond désormais des comptes de son organisme.
        ResponsabiliteDonnee = "responsabilite_donnee",
        /// Elle n'en répond plus.
        ResponsabiliteRetiree = "responsabilite_retiree",
        /// Une personne qui en répond l'a revu et confirmé.
        Revu = "revu",
        /// Une personne qui en répond y a mis fin.
        Ferme = "ferme",
    }
);

/// Un geste inscrit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GesteInscrit {
    /// Le compte.
    pub compte: AgentId,
    /// Ce qui est arrivé.
    pub geste: Geste,
    /// Qui l'a fait : la personne elle-même, quelqu'un qui administre, ou 0 pour la ligne de commande.
    pub par: AgentId,
    /// Le nom de cette personne, si son compte existe encore.
    pub par_nom: Option<String>,
    /// Le navigateur et le système, en mots ; vide en ligne de commande.
    pub appareil: String,
    /// L'instant.
    pub quand: Timestamp,
}

impl DepuisLigne for GesteInscrit {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self {
            compte: AgentId(l.entier("compte")?),
            geste: Geste::lu(&l.texte("geste")?)?,
            par: AgentId(l.entier("par")?),
            par_nom: l.texte_ou_rien("par_nom")?,
            appareil: l.texte("appareil")?,
            quand: l.instant("quand")?,
        })
    }
}

struct Derniere {
    compte: AgentId,
    quand: Timestamp,
}

impl DepuisLigne for Derniere {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self { compte: AgentId(l.entier("compte")?), quand: l.instant("quand")? })
    }
}

impl Stockage {
    /// Inscrit un geste.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn noter_geste(
        &self,
        compte: AgentId,
        geste: Geste,
        par: AgentId,
        appareil: &str,
        quand: Timestamp,
    ) -> Result<(), Echec> {
        let mut connexion = self.base.ecrire().await?;
        let id = connexion.numeroter("geste_de_compte", 1).await?;
        let valeurs = valeurs![id, compte, geste, par, appareil, quand];
        connexion.executer(sql!("noter.sql"), valeurs).await?;
        connexion.valider().await
    }

    /// La dernière connexion de chaque compte.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn dernieres_connexions(&self) -> Result<BTreeMap<AgentId, Timestamp>, Echec> {
        let valeurs =
            valeurs![Geste::Connexion, Geste::ConnexionDeSecours, Geste::ConnexionFournie];
        let lues: Vec<Derniere> = self.base.lire(sql!("dernieres_connexions.sql"), valeurs).await?;
        Ok(lues.into_iter().map(|d| (d.compte, d.quand)).collect())
    }

    /// Les derniers gestes d'un compte, le plus récent d'abord.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn gestes(&self, compte: AgentId, limite: i64) -> Result<Vec<GesteInscrit>, Echec> {
        self.base.lire(sql!("du_compte.sql"), valeurs![compte, limite]).await
    }
}
