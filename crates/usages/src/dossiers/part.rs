//! La part d'un organisme : ce qu'il a envoyé, ce qui lui a été envoyé, et ce qu'on attend de lui.
//!
//! Tout le reste est retiré ici, avant qu'aucune page, aucun export ni aucune interface ne le voie.

use std::collections::BTreeSet;

use ccapex::acte::Quoi;
use ccapex::cours::frise::Frise;
use ccapex::cours::horloge::Horloge;
use ccapex::fait::{Acte, Fait};
use ccapex::identifiants::AgentId;
use ccapex::partenaires::agent::{Agent, Role};
use ccapex::partenaires::partie::{self, BAILLEUR, Pourquoi};
use ccapex::signalement::statut::Statut;
use stockage::courrier::{EtatDeCourrier, VueCourrier};
use stockage::dossier::VueDossier;
use stockage::liste::ordre::Tri;
use stockage::liste::{File, Filtre};

use crate::courriers::modeles;
use crate::dossiers::ouvrir::DossierOuvert;

/// Retire d'une ligne de liste ce qui n'est pas à la part de cette personne.
pub(super) fn reduire(vue: &mut VueDossier, agent: &Agent) {
    // La réponse rangée est celle de la dernière notice : elle n'est sûrement à lui que s'il est seul.
    let seul_emetteur = vue.parties.keys().filter(|cle| cle.starts_with("emetteur:")).count() == 1
        && agent.a_pour_part(&vue.situation(), Pourquoi::AEnvoye);
    let cles = agent.cles();
    vue.parties.retain(|cle, _| cles.contains(cle));
    let neuve =
        VueDossier::neuve(vue.id, std::mem::take(&mut vue.reference), vue.ouvert_le, vue.maj_le);
    *vue = VueDossier {
        profil: std::mem::take(&mut vue.profil),
        sous_commission: std::mem::take(&mut vue.sous_commission),
        service: std::mem::take(&mut vue.service),
        commune: std::mem::take(&mut vue.commune),
        nom: std::mem::take(&mut vue.nom),
        adresse: std::mem::take(&mut vue.adresse),
        parties: std::mem::take(&mut vue.parties),
        nommes: vue.nommes.take(),
        clos_le: vue.clos_le,
        rang: vue.rang,
        statut: if seul_emetteur { std::mem::take(&mut vue.statut) } else { String::new() },
        motif: if seul_emetteur { std::mem::take(&mut vue.motif) } else { String::new() },
        ..neuve
    };
}

/// Ce filtre regarde un champ qu'une part ne montre pas : il le ferait deviner.
pub(super) fn regarde_ce_qui_ne_se_montre_pas(filtre: &Filtre) -> bool {
    filtre.file.is_some()
        || !filtre.statut.is_empty()
        || !filtre.stade.is_empty()
        || filtre.tri == Tri::Dette
        || filtre.etat.is_some()
        || filtre.liste.is_some()
        || filtre.echeance_avant.is_some()
        || filtre.echeance_apres.is_some()
}

/// Le filtre, sans les champs qu'une part ne montre pas. Une étude garde la file de ses notices à
/// compléter.
pub(super) fn sans_ce_qui_ne_se_montre_pas(filtre: &mut Filtre, agent: &Agent) {
    if agent.suit_des_menages() {
        return;
    }
    let completer = agent.role == Role::CommissaireDeJustice;
    filtre.file = filtre.file.filter(|file| completer && *file == File::ACompleter);
    filtre.statut.clear();
    filtre.stade.clear();
    (filtre.etat, filtre.liste) = (None, None);
    if filtre.tri == Tri::Dette {
        filtre.tri = Tri::Reference;
    }
    (filtre.echeance_avant, filtre.echeance_apres) = (None, None);
}

/// Cette lettre est partie, et à cette personne.
pub(crate) fn lui_est_adressee(courrier: &VueCourrier, vue: &VueDossier, agent: &Agent) -> bool {
    let partie = matches!(
        courrier.etat,
        EtatDeCourrier::Envoye | EtatDeCourrier::Imprime | EtatDeCourrier::Repondu
    );
    partie && Soi { agent, vue }.est(modeles::destinataire(&courrier.modele))
}

/// Une personne, devant un dossier.
#[derive(Clone, Copy)]
struct Soi<'a> {
    agent: &'a Agent,
    vue: &'a VueDossier,
}

impl Soi<'_> {
    /// Dans ce dossier, ce nom désigne l'organisme de cette personne : ce CCAS, ce bailleur.
    fn est(self, nom: &str) -> bool {
        if partie::organisme(nom) == BAILLEUR {
            return self.agent.a_pour_part(&self.vue.situation(), Pourquoi::Bailleur);
        }
        partie::cle(nom, &self.vue.commune).is_some_and(|cle| self.agent.cles().contains(&cle))
    }

    /// L'acte est adressé à l'organisme de cette personne, ou le nomme.
    fn recoit(self, quoi: &Quoi) -> bool {
        let nomme = |nom: &Option<String>| nom.as_deref().is_some_and(|nom| self.est(nom));
        #[expect(clippy::wildcard_enum_match_arm, reason = "les autres actes ne sont à personne")]
        match quoi {
            Quoi::Avis { destinataire, .. } => self.est(destinataire),
            Quoi::DsfDemande(mandat) => nomme(&mandat.organisme),
            Quoi::PriseEnCharge { service, .. } => self.est(service),
            Quoi::Dispositif { code, .. } => self.est(code),
            Quoi::Fsl(_) => self.est("fsl"),
            Quoi::Dalo(_) | Quoi::Daho(_) => self.est("comed"),
            Quoi::Surendettement(_) => self.est("banque_de_france"),
            _ => false,
        }
    }
}

/// Garde d'un dossier ouvert la part de cette personne et de ses collègues.
pub(super) fn garder(
    mut ouvert: DossierOuvert,
    agent: &Agent,
    collegues: &BTreeSet<AgentId>,
    horloge: &Horloge,
) -> DossierOuvert {
    let entiere = ouvert.vue.clone();
    let soi = Soi { agent, vue: &entiere };
    ouvert.attentes.retain(|a| {
        let nommes = [&a.destinataire, &a.guichet, a.a_qui(horloge), a.au_guichet(horloge)];
        nommes.into_iter().any(|nom| soi.est(nom))
    });
    let alertes: BTreeSet<String> = ouvert.attentes.iter().map(|a| a.fait.clone()).collect();
    let notices: BTreeSet<String> = ouvert.notices.iter().map(|n| n.notice.fait.clone()).collect();
    ouvert.journal.retain(|fait| {
        // Ses notices sont dites à part, sans ce que le secrétariat en a préparé.
        let ecrit = fait.agent != AgentId(0)
            && collegues.contains(&fait.agent)
            && !matches!(fait.acte, Acte::NoticeRecue(_));
        ecrit || recu(fait, soi, &alertes)
    });
    let siens: BTreeSet<&String> = ouvert.journal.iter().map(|fait| &fait.id).collect();
    ouvert.textes.retain(|fait, _| siens.contains(fait) || notices.contains(fait));
    ouvert.anomalies.retain(|fait, _| notices.contains(fait));
    ouvert.questions.clear();
    ouvert.joints.clear();
    ouvert.indemnisation = None;
    ouvert.frise = Frise { jalons: Vec::new(), suspensions: Vec::new() };
    let dossier = &mut ouvert.dossier;
    dossier.notices.retain(|notice| notices.contains(&notice.fait));
    dossier.actes.retain(|acte| siens.contains(&acte.id));
    dossier.lettres.clear();
    dossier.joints.clear();
    dossier.separes.clear();
    dossier.questions.clear();
    dossier.oublie_la_dette();
    (dossier.situation_confirmee_le, dossier.dernier_fait_le) = (None, None);
    let situation = &mut ouvert.situation;
    situation.etapes.retain(|etape| soi.est(&etape.qui));
    situation.a_completer.clear();
    situation.etats.clear();
    situation.motif.clear();
    situation.service_provisoire = false;
    situation.statut = ouvert.notices.last().map_or(Statut::Recu, |lue| lue.notice.statut);
    (situation.stade, situation.file) = ("", "");
    (situation.depuis, situation.clos, situation.fin_delai) = (None, None, None);
    situation.prochain_changement = None;
    reduire(&mut ouvert.vue, agent);
    ouvert
}

/// Ce fait lui a été envoyé : une alerte levée à la main, ou un acte à son adresse.
fn recu(fait: &Fait, soi: Soi<'_>, alertes: &BTreeSet<String>) -> bool {
    let Acte::Consigne(consigne) = &fait.acte else { return false };
    if matches!(consigne.quoi, Quoi::Alerte { .. }) {
        return alertes.contains(&fait.id);
    }
    soi.recoit(&consigne.quoi)
}
