//! Entrer par un fournisseur d'identité : il dit qui est la personne, jamais ce qu'elle a le droit de faire.

use ccapex::identifiants::AgentId;
use stockage::geste::Geste;
use stockage::invitation::EtatDInvitation;
use stockage::session::Moyen;

use super::portier::{Portier, Visiteur};
use super::session::{Entree, compte_fini, desactive};
use crate::echec::Echec;

/// Une personne, telle qu'un fournisseur d'identité la nomme. Tout y est vérifié.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentiteFournie {
    /// Le fournisseur.
    pub emetteur: String,
    /// Le nom qu'il lui donne, stable.
    pub sujet: String,
    /// Son adresse, si le fournisseur l'a vérifiée.
    pub courriel: Option<String>,
    /// Il lui a demandé deux facteurs.
    pub forte: bool,
    /// Le jeton à lui rendre pour se déconnecter aussi de chez lui.
    pub preuve: String,
}

/// Ce que devient une personne que le fournisseur a reconnue.
#[derive(Clone, PartialEq, Eq)]
pub enum Issue {
    /// Sa session s'ouvre, ou n'attend que son code d'ici.
    Entree(Entree),
    /// Aucun compte ne l'attend : être reconnu ne donne aucun droit.
    Inconnue,
    /// Son rôle demande deux facteurs, et elle n'en a donné qu'un.
    TropFaible,
}

impl Portier<'_> {
    /// Fait entrer une personne par le nom que le fournisseur lui donne, ou la première fois par l'adresse
    /// où elle a été invitée.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Refus`] si le compte est désactivé ou fini.
    pub async fn entrer_par_le_fournisseur(
        &self,
        identite: &IdentiteFournie,
        visiteur: &Visiteur,
    ) -> Result<Issue, Echec> {
        let (emetteur, sujet) = (&identite.emetteur, &identite.sujet);
        let connu = self.stockage.compte_du_sujet(emetteur, sujet).await?;
        let (id, premiere) = match connu {
            Some(id) => (id, false),
            None => match self.attendu(identite).await? {
                Some(id) => (id, true),
                None => return Ok(Issue::Inconnue),
            },
        };
        let compte = self.stockage.compte(id).await?;
        if !compte.actif {
            return Err(desactive());
        }
        if self.fini(&compte) {
            return Err(compte_fini());
        }
        let agent = compte.agent;
        // Sans code d'ici, un seul facteur ne suffit pas à un rôle sensible ; et il n'en choisit pas un
        // maintenant : qui aurait pris son compte chez le fournisseur choisirait à sa place.
        if !identite.forte
            && self.regles.exige_deux_facteurs(&agent)
            && !self.a_un_facteur(id).await?
        {
            return Ok(Issue::TropFaible);
        }
        if premiere {
            match self.stockage.lier_identite(emetteur, sujet, id, self.maintenant).await {
                Err(stockage::echec::Echec::Conflit) => return Ok(Issue::Inconnue),
                autre => autre?,
            }
            self.noter(id, Geste::IdentiteLiee, id, visiteur).await?;
            self.stockage.annuler_invitation(id).await?;
        }
        let moyen = if identite.forte { Moyen::FournisseurFort } else { Moyen::Fournisseur };
        let entree = self.avancer(&agent, moyen, visiteur, Some(&identite.preuve)).await?;
        Ok(Issue::Entree(entree))
    }

    /// Le compte invité à l'adresse que le fournisseur a vérifiée.
    async fn attendu(&self, identite: &IdentiteFournie) -> Result<Option<AgentId>, Echec> {
        let Some(courriel) = &identite.courriel else { return Ok(None) };
        let Some(id) = self.stockage.compte_du_courriel(&courriel.to_lowercase()).await? else {
            return Ok(None);
        };
        // Une invitation annulée ou expirée n'attend plus personne ; un compte déjà pris, son titulaire.
        let invitation = self.stockage.derniere_invitation(id).await?;
        let attendu = invitation.is_some_and(|i| match i.etat {
            EtatDInvitation::Ouverte => i.expire_le > self.maintenant,
            EtatDInvitation::Acceptee => true,
            EtatDInvitation::Annulee => false,
        });
        Ok(attendu.then_some(id))
    }
}
