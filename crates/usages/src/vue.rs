//! La vue d'un dossier : ce qui, du journal et du coffre, se range pour être listé et cherché.
//!
//! La réception, les gestes et la reconstruction passent tous par ici : même journal, même vue.

use std::collections::{BTreeMap, BTreeSet};

use ccapex::coordination::alertes::appeles;
use ccapex::coordination::listes::listes;
use ccapex::coordination::parties::{Lieu, nomme_son_bailleur, nommer_le_bailleur, parties};
use ccapex::cours::Cours;
use ccapex::cours::horloge::Horloge;
use ccapex::dossier::{Dossier, Lettre, Suivie};
use ccapex::fait::{Acte, Fait, Geste};
use ccapex::identifiants::{DossierId, NoticeId};
use ccapex::notice::Identite;
use ccapex::partenaires::habilitation::{Plume, liste_des_alertes};
use ccapex::partenaires::partie::{self, Parties, Pourquoi};
use ccapex::procedure::situation::{Situation, situation_du_cours};
use ccapex::profil::{Destinataire, Profil};
use ccapex::rapprochement::cles::cles;
use ccapex::rapprochement::fiche::Fiche;
use ccapex::recherche::termes::termes;
use ccapex::texte::cle;
use jiff::Timestamp;
use jiff::civil::Date;
use stockage::courrier::{Canal, EtatDeCourrier, VueCourrier};
use stockage::dossier::VueDossier;
use stockage::journal::FaitEcrit;
use stockage::question::{EtatDeQuestion, VueQuestion};

use crate::courriers::modeles;
use crate::echec::Echec;

/// Un dossier chargé : son journal, celui des dossiers qui l'ont rejoint, et les identités.
#[derive(Clone, Debug)]
pub(crate) struct Charge {
    pub(crate) id: DossierId,
    pub(crate) reference: String,
    pub(crate) faits: Vec<Fait>,
    /// Les faits des dossiers joints, par dossier.
    pub(crate) joints: BTreeMap<DossierId, Vec<Fait>>,
    pub(crate) identites: BTreeMap<NoticeId, Identite>,
    /// Le dernier jour veillé de son profil.
    pub(crate) veille: Option<Date>,
}

impl Charge {
    /// Le dossier, celui des dossiers joints compris.
    pub(crate) fn dossier(&self) -> Dossier {
        let mut dossier = Dossier::relire(&self.faits);
        for joint in dossier.joints.clone() {
            if let Some(faits) = self.joints.get(&joint) {
                dossier.absorbe(Dossier::relire(faits));
            }
        }
        dossier
    }

    /// Prend les faits d'un dossier qui l'a rejoint, tels qu'ils sont désormais.
    pub(crate) fn accueille(&mut self, joint: &Self) {
        self.joints.insert(joint.id, joint.faits.clone());
        self.identites.extend(joint.identites.clone());
    }

    /// L'identité d'une notice ; vide si elle a été effacée.
    pub(crate) fn identite(&self, notice: &Suivie) -> Identite {
        self.identites.get(&notice.coffre).cloned().unwrap_or_default()
    }
}

/// Ce qui se range d'un dossier.
#[derive(Clone, Debug)]
pub(crate) struct Vues {
    pub(crate) dossier: VueDossier,
    pub(crate) courriers: Vec<VueCourrier>,
    pub(crate) questions: Vec<VueQuestion>,
    pub(crate) situation: Situation,
}

/// Un dossier, regardé un jour donné.
struct Regard {
    situation: Situation,
    listes: Vec<String>,
    change_le: Option<Date>,
    /// Les parties, le bailleur encore sans nom.
    parties: Parties,
    audience_le: Option<Date>,
}

/// Regarde un dossier le jour de son dernier fait, ou le dernier jour veillé s'il vient après.
///
/// Ce jour ne dépend que de la base : refaire les vues donne celles que les gestes et la veille ont
/// laissées.
fn regarder(dossier: &Dossier, dernier: &Fait, profil: &Profil, veille: Option<Date>) -> Regard {
    let ecrit_le = dossier.dernier_fait_le.unwrap_or_else(|| dernier.acte.jour());
    let joint = dossier.joint_a.is_some();
    // Un dossier joint se suit dans l'autre : ici, le temps ne change plus rien.
    let jour = veille.filter(|veille| !joint && *veille > ecrit_le).unwrap_or(ecrit_le);
    let horloge = Horloge::au(jour);
    let cours = Cours::de(dossier, profil.tentatives_avant_sans_nouvelles(), &horloge);
    let situation = situation_du_cours(dossier, &cours, profil, &horloge);
    let suivi = listes(dossier, &cours, &situation.service, profil, &horloge);
    let mut listes: Vec<String> = suivi.into_iter().map(|l| l.code().to_owned()).collect();
    let appeles = appeles(dossier, &cours, &situation.service, profil, &horloge);
    listes.extend(appeles.iter().map(|service| liste_des_alertes(service)));
    let lieu = Lieu { commune: &situation.commune, service: &situation.service };
    let mut parties = parties(dossier, &cours, lieu, lettres_parties(dossier), profil, &horloge);
    if joint {
        // Un dossier joint se suit dans l'autre : il ne reste ici qu'à qui l'a signalé.
        parties.retain(|_, raisons| raisons.contains(&Pourquoi::AEnvoye));
    }
    let suivi_ici = !joint && cours.clos.is_none();
    let audience_le = cours.procedure.audience.filter(|_| suivi_ici);
    let change_le = horloge.prochain().filter(|_| !joint);
    Regard { parties, situation, listes, change_le, audience_le }
}

/// À qui sont parties les lettres de ce dossier.
fn lettres_parties(dossier: &Dossier) -> impl Iterator<Item = &'static str> {
    dossier
        .lettres
        .iter()
        .filter(|(_, lettre)| modeles::est_partie(&lettre.etape))
        .map(|((_, modele), _)| modeles::destinataire(modele))
}

/// Range dans la vue ce que le temps change : ces colonnes, et elles seules.
fn ranger(vue: &mut VueDossier, dossier: &Dossier, dernier: &Fait, regard: &Regard) {
    let situation = &regard.situation;
    let joint = dossier.joint_a.is_some();
    let etape = situation.etapes.first();
    vue.service.clone_from(&situation.service);
    vue.service_provisoire = situation.service_provisoire && !joint;
    situation.stade.clone_into(&mut vue.stade);
    vue.file = match situation.file {
        "suivi" => String::new(),
        file => file.to_owned(),
    };
    vue.etape_quoi = etape.map_or_else(String::new, |e| e.quoi.clone());
    vue.etape_qui = etape.map_or_else(String::new, |e| e.qui.clone());
    vue.etape_avant_le = etape.map(|e| e.avant_le);
    vue.etape_regle = etape.map_or_else(String::new, |e| e.regle.to_owned());
    vue.depuis = situation.depuis;
    let clos = situation.clos.as_ref().filter(|_| !joint);
    // Un dossier joint se suit dans l'autre : il n'est plus ouvert ici.
    vue.clos_le = if joint { Some(dernier.acte.jour()) } else { clos.map(|clos| clos.le) };
    vue.issue = clos.map_or_else(String::new, |clos| clos.issue.code().to_owned());
    vue.etats = if joint {
        Vec::new()
    } else {
        situation.etats.iter().map(|etat| etat.code().to_owned()).collect()
    };
    vue.listes.clone_from(&regard.listes);
    vue.change_le = regard.change_le;
    vue.parties.clone_from(&regard.parties);
    vue.audience_le = regard.audience_le;
}

/// La vue rangée, avancée au dernier jour veillé : sans coffre, et sans toucher au reste.
pub(crate) fn avancer(avant: &VueDossier, charge: &Charge, profil: &Profil) -> Option<VueDossier> {
    let dossier = charge.dossier();
    let dernier = charge.faits.last()?;
    let regard = regarder(&dossier, dernier, profil, charge.veille);
    let mut apres = avant.clone();
    ranger(&mut apres, &dossier, dernier, &regard);
    nommer_le_bailleur(&mut apres.parties, avant.parties.keys().cloned());
    Some(apres)
}

/// Les vues d'un dossier. Ne dépend que de son contenu, du profil et du dernier jour veillé.
pub(crate) fn vues(charge: &Charge, profil: &Profil) -> Option<Vues> {
    let dossier = charge.dossier();
    let premier = charge.faits.first()?;
    let dernier = charge.faits.last()?;
    let regard = regarder(&dossier, dernier, profil, charge.veille);
    let situation = &regard.situation;
    let identite = dossier.nommante().map(|n| charge.identite(n)).unwrap_or_default();
    let joint = dossier.joint_a.is_some();
    let mut fiches: Vec<Fiche> = Vec::new();
    let (mut mots, mut chercher) = (BTreeSet::new(), BTreeSet::new());
    let mut bailleurs = BTreeSet::new();
    if !joint {
        for notice in dossier.en_vigueur() {
            let identite = charge.identite(notice);
            mots.extend(mots_du_nom(&identite));
            chercher.extend(termes(&identite, notice.reference.as_deref()));
            if nomme_son_bailleur(notice.nature, notice.contenu.bailleur_type) {
                bailleurs.extend(partie::bailleur(&identite.bailleur_nom));
            }
            if let Some(commune) = &notice.contenu.commune {
                let fiche = Fiche::nouvelle(&identite, commune);
                if !fiches.contains(&fiche) {
                    fiches.push(fiche);
                }
            }
        }
    }
    let toutes: BTreeSet<i64> = fiches.iter().flat_map(|f| cles(&profil.code, f)).collect();
    // D'un dossier joint, rien n'attend ici.
    let en_attente = |n: usize| if joint { 0 } else { i64::try_from(n).unwrap_or(i64::MAX) };
    let ouvert_le = jour_d_ecriture(premier);
    let mut vue = VueDossier {
        profil: profil.code.clone(),
        sous_commission: situation.sous_commission.clone(),
        commune: situation.commune.clone(),
        statut: situation.statut.code().to_owned(),
        motif: situation.motif.clone(),
        fin_delai: situation.fin_delai,
        nom: identite.nom_affiche(),
        adresse: adresse_affichee(&identite, &situation.commune),
        dette: dossier.dette.map(|(_, montant)| montant.en_centimes()),
        questions: en_attente(dossier.questions.len()),
        courriers: en_attente(dossier.lettres_a_envoyer()),
        mots: mots.into_iter().collect(),
        termes: chercher.into_iter().collect(),
        cles: toutes.into_iter().collect(),
        fiche: serde_json::to_string(&fiches).unwrap_or_default(),
        rang: dernier.rang,
        nommes: dossier.nommes.clone(),
        ..VueDossier::neuve(charge.id, charge.reference.clone(), ouvert_le, dernier.ecrit_le)
    };
    ranger(&mut vue, &dossier, dernier, &regard);
    nommer_le_bailleur(&mut vue.parties, bailleurs.into_iter());
    Some(Vues {
        courriers: courriers(charge, profil, &situation.commune),
        questions: questions(charge, &dossier),
        dossier: vue,
        situation: regard.situation,
    })
}

fn jour_d_ecriture(fait: &Fait) -> Date {
    match &fait.acte {
        Acte::NoticeRecue(recue) => recue.recue_le,
        Acte::Complement(_)
        | Acte::Rapprochement(_)
        | Acte::Courrier(_)
        | Acte::SituationConfirmee(_)
        | Acte::Consigne(_)
        | Acte::Rectification(_) => fait.acte.jour(),
    }
}

/// Les mots du nom, pour la recherche : deux lettres au moins.
fn mots_du_nom(identite: &Identite) -> BTreeSet<String> {
    let noms = cle(&format!("{} {}", identite.nom, identite.prenom));
    noms.split(' ').filter(|mot| mot.len() >= 2).map(str::to_owned).collect()
}

/// « 64, boulevard Lemoine, 62660 Beuvry ».
pub(crate) fn adresse_affichee(identite: &Identite, commune: &str) -> String {
    let commune = territoire::commune(commune).map_or(identite.commune.as_str(), |c| c.nom);
    let ville = [identite.code_postal.as_str(), commune]
        .into_iter()
        .filter(|s| !s.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    [identite.adresse.as_str(), ville.as_str()]
        .into_iter()
        .filter(|s| !s.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

/// Les lettres que ce dossier a fait préparer. Celles d'un dossier joint restent les siennes.
fn courriers(charge: &Charge, profil: &Profil, commune: &str) -> Vec<VueCourrier> {
    let dossier = Dossier::relire(&charge.faits);
    let mut lettres = dossier.lettres;
    lettres.extend(lettres_annulees(&charge.faits, &lettres));
    let mut courriers = Vec::with_capacity(lettres.len());
    // Une lettre d'un autre service est au journal : nous ne l'imprimons ni ne l'envoyons.
    for ((notice, modele), lettre) in
        lettres.iter().filter(|((_, modele), _)| modeles::est_connu(modele))
    {
        courriers.push(VueCourrier {
            id: modeles::numero(*notice, modele),
            dossier: Some(charge.id),
            notice: Some(*notice),
            modele: modele.clone(),
            destinataire: modeles::destinataire(modele).to_owned(),
            canal: canal(profil, commune, modeles::destinataire(modele)),
            etat: EtatDeCourrier::de_code(&lettre.etape).unwrap_or(EtatDeCourrier::Prepare),
            prepare_le: lettre.preparee,
            change_le: lettre.changee,
            detail: String::new(),
        });
    }
    courriers
}

/// Les lettres d'une notice rectifiée depuis : celles qui étaient encore ici n'ont plus lieu d'être, les
/// autres sont parties.
fn lettres_annulees(
    faits: &[Fait],
    restent: &BTreeMap<(NoticeId, String), Lettre>,
) -> BTreeMap<(NoticeId, String), Lettre> {
    let mut detachees = BTreeSet::new();
    let mut derniere = None;
    for fait in faits {
        if let Acte::Rectification(rectification) = &fait.acte {
            // Une notice détachée emporte ses lettres dans l'autre dossier ; une rectification écrite par
            // une personne a son motif au coffre.
            if rectification.coffre.is_none() {
                detachees.insert(rectification.annule);
            }
            derniere = Some((rectification.le, fait.ecrit_le));
        }
    }
    let Some((le, quand)) = derniere else { return BTreeMap::new() };
    let mut sans_rectification = Dossier::default();
    for fait in faits.iter().filter(|fait| !detachees.contains(&fait.rang)) {
        sans_rectification.evolue(fait);
    }
    let mut annulees = sans_rectification.lettres;
    annulees.retain(|cle, _| !restent.contains_key(cle));
    for lettre in annulees.values_mut().filter(|lettre| lettre.etape == "prepare") {
        "annule".clone_into(&mut lettre.etape);
        lettre.le = le;
        lettre.changee = quand;
    }
    annulees
}

/// Par courriel quand le territoire a saisi l'adresse de ce destinataire, sinon sur papier.
fn canal(profil: &Profil, commune: &str, destinataire: &str) -> Canal {
    let qui = match destinataire {
        "maire" => Destinataire::Mairie,
        "ccas" => Destinataire::Ccas,
        _ => return Canal::Papier,
    };
    let contact = territoire::commune(commune).and_then(|c| profil.contact_de_commune(c, qui));
    if contact.is_some_and(|c| c.courriel.is_some()) { Canal::Courriel } else { Canal::Papier }
}

/// Les questions posées par ce dossier, avec leur état d'aujourd'hui.
fn questions(charge: &Charge, dossier: &Dossier) -> Vec<VueQuestion> {
    let mut questions = Vec::new();
    for fait in &charge.faits {
        let Acte::Rapprochement(r) = &fait.acte else { continue };
        if r.geste != Geste::Demande {
            continue;
        }
        let etat = if dossier.joint_a == Some(r.autre) || dossier.joints.contains(&r.autre) {
            EtatDeQuestion::Jointe
        } else if dossier.questions.contains(&r.autre) {
            EtatDeQuestion::Ouverte
        } else {
            EtatDeQuestion::Ecartee
        };
        questions.push(VueQuestion {
            id: charge.id.0 * 1_000 + fait.rang,
            dossier: charge.id,
            candidat: r.autre,
            rang: i64::try_from(questions.len()).unwrap_or_default() + 1,
            motifs: serde_json::to_string(&r.motifs).unwrap_or_default(),
            etat,
            creee_le: fait.ecrit_le,
        });
    }
    questions
}

/// Relit des faits écrits.
pub(crate) fn relire(ecrits: &[FaitEcrit]) -> Result<Vec<Fait>, Echec> {
    ecrits
        .iter()
        .map(|ecrit| {
            Ok(Fait {
                id: ecrit.fait.clone(),
                rang: ecrit.rang,
                agent: ecrit.agent,
                ecrit_le: ecrit.ecrit_le,
                pour: ecrit.pour,
                acte: Acte::lire(&ecrit.acte, &ecrit.contenu)
                    .map_err(|e| Echec::Refus(e.to_string()))?,
            })
        })
        .collect()
}

/// Écrit un fait. Son identifiant est sa place : il ne peut pas en désigner un autre.
pub(crate) fn ecrire(dossier: DossierId, fait: &Fait) -> FaitEcrit {
    FaitEcrit {
        dossier,
        rang: fait.rang,
        fait: fait.id.clone(),
        acte: fait.acte.nom().to_owned(),
        jour: Some(fait.acte.jour()),
        contenu: fait.acte.ecrire(),
        agent: fait.agent,
        ecrit_le: fait.ecrit_le,
        pour: fait.pour,
    }
}

/// Le fait qui suit, dans un dossier.
pub(crate) fn fait(charge: &Charge, acte: Acte, plume: Plume, ecrit_le: Timestamp) -> Fait {
    let Plume { agent, pour } = plume;
    let rang = charge.faits.last().map_or(0, |f| f.rang) + 1;
    Fait { id: format!("{}.{rang}", charge.id), rang, agent, pour, ecrit_le, acte }
}

/// Les clés au coffre des notices d'un dossier et de ceux qui l'ont rejoint.
pub(crate) fn cles_du_coffre(charge: &Charge) -> Vec<i64> {
    let cles: BTreeSet<i64> = charge
        .faits
        .iter()
        .chain(charge.joints.values().flatten())
        .filter_map(|fait| match &fait.acte {
            Acte::NoticeRecue(recue) => Some(recue.coffre.unwrap_or(recue.notice).0),
            Acte::Complement(complement) => complement.coffre.map(|c| c.0),
            Acte::Consigne(consigne) => consigne.coffre.map(|c| c.0),
            Acte::Rectification(rectification) => rectification.coffre.map(|c| c.0),
            Acte::Rapprochement(_) | Acte::Courrier(_) | Acte::SituationConfirmee(_) => None,
        })
        .collect();
    cles.into_iter().collect()
}

/// L'identité relue du coffre.
pub(crate) fn identite(contenu: &str) -> Identite {
    serde_json::from_str(contenu).unwrap_or_default()
}
