//! Qui voit un dossier et pourquoi, et qui le perdrait de vue si son accès était restreint.
//!
//! La règle qui ouvre un dossier est demandée compte par compte : ce qui est dit ici est ce qui arrive.

use std::collections::BTreeSet;

use ccapex::acte::Quoi;
use ccapex::acte::codes::MotifDeRestriction;
use ccapex::partenaires::agent::{Agent, Role};
use ccapex::partenaires::habilitation::{Portee, SECRETARIAT, Situation, compte};
use ccapex::partenaires::partie::Pourquoi;
use jiff::Timestamp;
use jiff::civil::Date;
use stockage::dossier::VueDossier;
use stockage::exception::Exception;

use crate::actes::restriction::resoudre;
use crate::compte::suppleances::avec_ceux_qu_elle_supplee;
use crate::dossiers::charger::{Lu, par_reference};
use crate::echec::Echec;
use crate::maison::Maison;

/// Une personne qui voit le dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voit {
    /// Elle.
    pub agent: Agent,
    /// L'identifiant de son compte.
    pub identifiant: String,
    /// Ce qui lui en est montré.
    pub portee: Portee,
    /// À quel titre.
    pub titres: Vec<Titre>,
}

/// À quel titre une personne voit un dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Titre {
    /// Le secrétariat tient tout le profil.
    Profil,
    /// Le dossier est de sa sous-commission.
    Territoire,
    /// Le dossier est confié à son service.
    Service,
    /// Son organisme y a une part.
    Part(Pourquoi),
}

/// L'accès à un dossier, aujourd'hui.
#[derive(Clone, Debug)]
pub struct QuiVoit {
    /// Le dossier.
    pub vue: VueDossier,
    /// Depuis quand et pourquoi il est restreint ; rien s'il ne l'est pas.
    pub restreint: Option<(Date, MotifDeRestriction)>,
    /// Ceux qui le voient.
    pub voient: Vec<Voit>,
    /// Les accès exceptionnels en cours.
    pub exceptions: Vec<Exception>,
    /// Les organismes qu'une restriction peut nommer ici.
    pub organismes: Vec<String>,
    /// Le dossier où celui-ci est suivi : l'accès se change là.
    pub suivi_dans: bool,
    comptes: Vec<(String, Agent)>,
}

/// Ceux qui garderaient le dossier, et ceux qui le perdraient de vue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effet {
    /// Ils le garderaient.
    pub gardent: Vec<Voit>,
    /// Ils le perdraient.
    pub perdent: Vec<Voit>,
}

/// Qui voit ce dossier, pour qui peut en restreindre l'accès.
///
/// # Erreurs
///
/// [`Echec::Habilitation`] hors du périmètre, ou pour qui ne restreint pas.
pub async fn qui_voit(
    maison: &Maison,
    agent: &Agent,
    reference: &str,
    aujourd_hui: Date,
    maintenant: Timestamp,
) -> Result<QuiVoit, Echec> {
    let lu = par_reference(maison, agent, reference).await?;
    lu.consigner(agent, "acces_restreint")?;
    let profil = maison.profil(&lu.vue.profil)?;
    let mut comptes: Vec<(String, Agent)> = Vec::new();
    for compte in maison.stockage.comptes_du_profil(&lu.vue.profil, aujourd_hui).await? {
        let agent = avec_ceux_qu_elle_supplee(&maison.stockage, compte.agent, aujourd_hui).await?;
        comptes.push((compte.identifiant, agent));
    }
    let exceptions = maison.stockage.exceptions_du_dossier(&lu.lecture, maintenant).await?;
    let mut organismes = vec![SECRETARIAT.to_owned()];
    if !lu.vue.sous_commission.is_empty() {
        organismes.push(format!("{SECRETARIAT}:{}", lu.vue.sous_commission));
    }
    let services = profil.services.iter().map(|s| &s.code);
    for code in services.chain(lu.vue.parties.keys()) {
        if !organismes.contains(code) {
            organismes.push(code.clone());
        }
    }
    Ok(QuiVoit {
        restreint: restriction(&lu),
        voient: voient(&comptes, &lu.vue.situation()),
        exceptions,
        organismes,
        suivi_dans: lu.charge.dossier().joint_a.is_some(),
        vue: lu.vue,
        comptes,
    })
}

impl QuiVoit {
    /// Ce que donnerait une restriction à ces noms ; la phrase du refus si l'un d'eux ne désigne personne.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Base`] si la base ne répond pas.
    pub async fn si_restreint_a(
        &self,
        maison: &Maison,
        noms: &[String],
    ) -> Result<Result<Effet, String>, Echec> {
        let profil = maison.profil(&self.vue.profil)?;
        Ok(match resoudre(maison, &profil, &self.vue, noms).await? {
            Err(refus) => Err(refus.message),
            Ok(nommes) => Ok(self.effet(&nommes)),
        })
    }

    fn effet(&self, nommes: &BTreeSet<String>) -> Effet {
        let apres = Situation { nommes: Some(nommes), ..self.vue.situation() };
        let sans_limite = Situation { nommes: None, ..apres };
        let gardent = voient(&self.comptes, &apres);
        let perdent = voient(&self.comptes, &sans_limite)
            .into_iter()
            .filter(|v| gardent.iter().all(|g| g.agent.id != v.agent.id))
            .collect();
        Effet { gardent, perdent }
    }

    /// Les comptes que la restriction d'aujourd'hui nomme, par identifiant.
    #[must_use]
    pub fn comptes_nommes(&self) -> Vec<&str> {
        let nommes = self.vue.nommes.iter().flatten();
        let nommes: BTreeSet<&str> = nommes.map(String::as_str).collect();
        self.comptes
            .iter()
            .filter(|(_, agent)| nommes.contains(compte(agent.id).as_str()))
            .map(|(identifiant, _)| identifiant.as_str())
            .collect()
    }
}

fn restriction(lu: &Lu) -> Option<(Date, MotifDeRestriction)> {
    lu.vue.nommes.as_ref()?;
    let dossier = lu.charge.dossier();
    dossier.actes.iter().rev().find_map(|acte| {
        let Quoi::AccesRestreint { motif, .. } = &acte.consigne.quoi else { return None };
        Some((acte.consigne.date, *motif))
    })
}

fn voient(comptes: &[(String, Agent)], situation: &Situation<'_>) -> Vec<Voit> {
    let voit = |(identifiant, agent): &(String, Agent)| {
        let portee = agent.peut_lire(situation).ok()?.portee();
        let titres = titres(agent, situation);
        Some(Voit { agent: agent.clone(), identifiant: identifiant.clone(), portee, titres })
    };
    comptes.iter().filter_map(voit).collect()
}

fn titres(agent: &Agent, situation: &Situation<'_>) -> Vec<Titre> {
    let mut titres = Vec::new();
    if agent.role == Role::SecretariatCentral {
        titres.push(Titre::Profil);
    } else if agent.role.est_un_secretariat() {
        titres.push(Titre::Territoire);
    } else if agent.service.as_deref() == Some(situation.service) {
        titres.push(Titre::Service);
    }
    titres.extend(agent.pourquoi(situation).into_iter().map(Titre::Part));
    titres
}

/// Le nom de la commune de ce code ; le code, s'il n'est d'aucune.
#[must_use]
pub fn nom_de_commune(code: &str) -> String {
    territoire::commune(code).map_or(code, |commune| commune.nom).to_owned()
}
