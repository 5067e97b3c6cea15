//! Un dossier entier, en JSON : le même pour la ligne de commande et pour l'interface de programme.

use std::collections::BTreeMap;

use ccapex::coordination::alertes::Attente;
use ccapex::cours::frise::Jalon;
use ccapex::cours::suspensions::Suspension;
use ccapex::fait::{Acte, Fait};
use ccapex::partenaires::habilitation::Portee;
use ccapex::procedure::etape::Etape;
use jiff::civil::Date;
use serde_json::{Value, json};
use stockage::dossier::VueDossier;

use crate::dossiers::ouvrir::DossierOuvert;

/// Un dossier, tel que la personne qui l'a ouvert peut le lire.
#[must_use]
pub fn en_json(ouvert: &DossierOuvert, aujourd_hui: Date) -> Value {
    match ouvert.portee {
        Portee::Entier => entier(ouvert, aujourd_hui),
        Portee::SaPart => part(ouvert, aujourd_hui),
    }
}

/// Ce que l'organisme a envoyé, ce qui lui a été envoyé, et ce qu'on attend de lui.
fn part(ouvert: &DossierOuvert, aujourd_hui: Date) -> Value {
    json!({
        "reference": ouvert.vue.reference,
        "pourquoi": ouvert.pourquoi.iter().map(|p| p.code()).collect::<Vec<_>>(),
        "commune": ouvert.vue.commune,
        "service": ouvert.vue.service,
        "clos": ouvert.vue.clos_le.is_some(),
        "notices": ouvert.notices.iter().map(|lue| json!({
            "nature": lue.notice.nature.code(),
            "date": lue.notice.contenu.date,
            "recue_le": lue.notice.recue_le,
            "statut": lue.notice.statut.code(),
            "motif": lue.notice.motif,
        })).collect::<Vec<_>>(),
        "alertes": ouvert.attentes.iter().map(attente).collect::<Vec<_>>(),
        "echeances": ouvert.situation.etapes.iter().map(|e| etape(e, aujourd_hui)).collect::<Vec<_>>(),
        "echanges": actes(ouvert),
    })
}

fn etape(e: &Etape, aujourd_hui: Date) -> Value {
    json!({
        "quoi": e.quoi, "qui": e.qui, "avant_le": e.avant_le, "regle": e.regle,
        "motifs": e.motifs, "en_retard": e.avant_le < aujourd_hui,
    })
}

/// Un dossier dans une liste : ce que la page en montre, et rien de plus.
#[must_use]
pub fn ligne_en_json(vue: &VueDossier, suite: bool, aujourd_hui: Date) -> Value {
    let mut ligne = json!({
        "reference": vue.reference,
        "menage": vue.nom,
        "adresse": vue.adresse,
        "commune": vue.commune,
        "statut": vue.statut,
        "motif": rien_si_vide(&vue.motif),
        "maj_le": vue.maj_le,
    });
    if let (true, Value::Object(champs)) = (suite, &mut ligne) {
        champs.extend([
            ("stade".to_owned(), json!(vue.stade)),
            ("depuis".to_owned(), json!(vue.depuis)),
            ("etats".to_owned(), json!(vue.etats)),
            ("sous_commission".to_owned(), json!(rien_si_vide(&vue.sous_commission))),
            ("service".to_owned(), json!(rien_si_vide(&vue.service))),
            ("service_provisoire".to_owned(), json!(vue.service_provisoire)),
            ("dette".to_owned(), json!(vue.dette)),
            ("ouvert_le".to_owned(), json!(vue.ouvert_le)),
            ("clos_le".to_owned(), json!(vue.clos_le)),
            (
                "prochaine_etape".to_owned(),
                json!({
                    "quoi": vue.etape_quoi,
                    "qui": rien_si_vide(&vue.etape_qui),
                    "avant_le": vue.etape_avant_le,
                    "regle": rien_si_vide(&vue.etape_regle),
                    "en_retard": vue.etape_avant_le.is_some_and(|le| le < aujourd_hui),
                }),
            ),
        ]);
    }
    ligne
}

fn rien_si_vide(texte: &str) -> Option<&str> {
    Some(texte).filter(|t| !t.is_empty())
}

fn entier(ouvert: &DossierOuvert, aujourd_hui: Date) -> Value {
    let situation = &ouvert.situation;
    let etape = |e: &Etape| etape(e, aujourd_hui);
    json!({
        "reference": ouvert.vue.reference,
        "stade": situation.stade,
        "depuis": situation.depuis,
        "etats": situation.etats.iter().map(|e| e.code()).collect::<Vec<_>>(),
        "clos": situation.clos.is_some(),
        "clos_le": situation.clos.as_ref().map(|c| c.le),
        "issue": situation.clos.as_ref().map(|c| c.issue.code()),
        "motif_de_cloture": situation.clos.as_ref().map(|c| &c.motif),
        "commune": situation.commune,
        "sous_commission": situation.sous_commission,
        "service": situation.service,
        "service_provisoire": situation.service_provisoire,
        "joint_a": ouvert.joint_a,
        "joints": ouvert.joints,
        "a_completer": situation.a_completer,
        "dette": ouvert.dossier.dette.map(|(le, montant)| {
            json!({ "le": le, "montant": montant.en_centimes() })
        }),
        "prochaine_etape": situation.etapes.first().map(etape),
        "echeances": situation.etapes.iter().map(etape).collect::<Vec<_>>(),
        "anomalies": anomalies(ouvert),
        "frise": ouvert.frise.jalons.iter().map(jalon).collect::<Vec<_>>(),
        "suspensions": ouvert.frise.suspensions.iter().map(suspension).collect::<Vec<_>>(),
        "indemnisation": ouvert.indemnisation.as_ref().map(|p| json!({
            "du": p.du, "premier_jour": p.premier_jour, "au": p.au, "motifs": p.motifs,
        })),
        "alertes": ouvert.attentes.iter().map(attente).collect::<Vec<_>>(),
        "actes": actes(ouvert),
    })
}

/// Les irrégularités, chacune avec le fait où elle apparaît.
fn anomalies(ouvert: &DossierOuvert) -> Vec<Value> {
    ouvert
        .anomalies
        .iter()
        .flat_map(|(fait, anomalies)| anomalies.iter().map(move |a| (fait, a)))
        .map(|(fait, a)| {
            json!({ "regle": a.regle, "motif": a.motif, "consequence": a.consequence, "fait": fait })
        })
        .collect()
}

fn jalon(jalon: &Jalon) -> Value {
    json!({
        "jour": jalon.jour, "titre": jalon.titre, "sorte": jalon.sorte.code(), "regle": jalon.regle,
        "motifs": jalon.motifs, "fait": jalon.fait,
    })
}

fn suspension(suspension: &Suspension) -> Value {
    json!({
        "du": suspension.du, "au": suspension.au, "quoi": suspension.quoi.libelle(),
        "regle": suspension.regle, "motif": suspension.motif,
    })
}

fn attente(attente: &Attente) -> Value {
    json!({
        "code": attente.code, "fait": attente.fait, "le": attente.le,
        "destinataire": attente.destinataire, "attendu": attente.attendu,
        "avant_le": attente.avant_le, "repondu_le": attente.repondu_le,
    })
}

/// Le journal, chaque fait avec ses champs, ses textes et la correction qui l'annule.
fn actes(ouvert: &DossierOuvert) -> Vec<Value> {
    let annules = annules(&ouvert.journal);
    ouvert
        .journal
        .iter()
        .map(|fait| {
            let ecrit = serde_json::from_str(&fait.acte.ecrire()).unwrap_or_default();
            let Value::Object(mut champs) = ecrit else { return ecrit };
            champs.remove("coffre");
            if let Some(Value::Object(contenu)) = champs.remove("contenu") {
                champs.extend(contenu);
            }
            if let Some(Value::Object(autres)) = champs.remove("autres") {
                champs.extend(autres);
            }
            for (champ, texte) in ouvert.textes.get(&fait.id).into_iter().flatten() {
                champs.insert(champ.clone(), json!(texte));
            }
            if let Acte::Rectification(r) = &fait.acte {
                let annule = ouvert.journal.iter().find(|autre| autre.rang == r.annule);
                champs.insert("annule".to_owned(), json!(annule.map(|a| &a.id)));
            }
            champs.insert("id".to_owned(), json!(fait.id));
            champs.insert("acte".to_owned(), json!(nom(fait)));
            champs.insert("date".to_owned(), json!(fait.acte.jour()));
            champs.insert("enregistre_le".to_owned(), json!(fait.ecrit_le));
            champs.insert("annule_par".to_owned(), json!(annules.get(&fait.rang)));
            Value::Object(champs)
        })
        .collect()
}

/// Le nom de l'acte, dans les mots de qui l'a consigné.
pub(crate) fn nom(fait: &Fait) -> &'static str {
    match &fait.acte {
        Acte::Consigne(consigne) => consigne.quoi.nom(),
        Acte::NoticeRecue(_)
        | Acte::Complement(_)
        | Acte::Rapprochement(_)
        | Acte::Courrier(_)
        | Acte::SituationConfirmee(_)
        | Acte::Rectification(_) => fait.acte.nom(),
    }
}

/// Les rangs annulés, et le fait qui les annule. Une rectification annulée n'annule plus rien.
fn annules(journal: &[Fait]) -> BTreeMap<i64, &str> {
    let mut annules = BTreeMap::new();
    for fait in journal.iter().rev() {
        if let Acte::Rectification(r) = &fait.acte
            && !annules.contains_key(&fait.rang)
        {
            annules.insert(r.annule, fait.id.as_str());
        }
    }
    annules
}
