//! La prochaine étape : quoi, qui, avant quand, et pourquoi.
//!
//! Chaque étape vient d'une règle nommée, avec sa source. Les délais que ne fixe aucun texte sont
//! ceux du profil, et le disent. Tant que rien d'autre n'est dû, le secrétariat revoit le dossier à
//! la cadence du règlement intérieur : un dossier ouvert a toujours une étape datée.

use droit::calendrier::Territoire;
use droit::delai::Report;
use droit::jour::Jour;
use droit::montant::Montant;
use droit::regles::diagnostic::dernier_jour_transmission;
use droit::regles::force_publique::refus_implicite;
use droit::regles::quitter_les_lieux::{NonNotifie, fin_du_delai as fin_du_delai_cql};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

use crate::acte::codes::IssueDePriseEnCharge;
use crate::cours::Cours;
use crate::cours::horloge::Horloge;
use crate::dossier::{Dossier, Suivie};
use crate::notice::Nature;
use crate::profil::Profil;
use crate::signalement::fin_du_delai::fin_du_delai;
use crate::signalement::statut::{Statut, motif_en_mots};

/// Une étape à venir.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Etape {
    /// Ce qui est à faire, à l'infinitif.
    pub quoi: String,
    /// Le service qui doit le faire.
    pub qui: String,
    /// Dernier jour pour le faire, compris.
    pub avant_le: Date,
    /// La règle qui la demande.
    pub regle: &'static str,
    /// Pourquoi.
    pub motifs: Vec<String>,
}

const SECRETARIAT: &str = "secretariat";

/// Toutes les étapes ouvertes d'un dossier, de la plus proche à la plus lointaine. Jamais vide.
///
/// `service` est le service en charge.
#[must_use]
pub fn etapes(
    dossier: &Dossier,
    cours: &Cours<'_>,
    service: &str,
    profil: &Profil,
    commune: &str,
    _horloge: &Horloge,
) -> Vec<Etape> {
    let mut etapes = Vec::new();
    let territoire = Territoire::de_commune(commune);
    let prise_en_charge_acceptee =
        cours.reponse_de(service).is_some_and(|p| p.issue == IssueDePriseEnCharge::Acceptee);
    let solde = dossier.dette.is_some_and(|(_, montant)| montant <= Montant::centimes(0));
    for notice in dossier.en_vigueur() {
        match notice.statut {
            Statut::Incomplet => etapes.push(a_completer(notice, profil)),
            Statut::Eligible
            | Statut::HorsChamp
            | Statut::Recu
            | Statut::NonEligible
            | Statut::Doublon => {}
        }
        if a_confirmer(dossier, notice, profil) {
            etapes.push(confirmer_la_situation(notice, profil));
            continue;
        }
        let paiement = verifier_le_paiement(dossier, notice, service).filter(|_| !solde);
        let suite = suite_de_l_acte(dossier, notice, service, profil, territoire);
        etapes.extend(
            paiement.into_iter().chain(suite).map(|etape| jamais_due_avant(etape, notice, profil)),
        );
    }
    etapes.extend(envoyer_les_lettres(dossier, profil));
    etapes.extend(relancer(dossier, profil));
    if service != SECRETARIAT && !prise_en_charge_acceptee {
        etapes.extend(prendre_en_charge(dossier, service, profil));
    }
    if etapes.is_empty() {
        etapes.extend(revoir(dossier, service, profil, solde));
    }
    etapes.sort_by(|a, b| (a.avant_le, a.regle).cmp(&(b.avant_le, b.regle)));
    etapes
}

/// L'étape de repli, quand aucune règle ne s'applique. Elle est comptée, et doit ne pas servir.
#[must_use]
pub fn a_examiner(depuis: Date) -> Etape {
    Etape {
        quoi: "examiner ce dossier : aucune règle ne dit ce qui vient ensuite".to_owned(),
        qui: SECRETARIAT.to_owned(),
        avant_le: depuis,
        regle: "a_examiner",
        motifs: vec!["le journal ne permet pas de déduire d'étape".to_owned()],
    }
}

fn dans(profil: &Profil, cle: &str, depuis: Date, territoire: Territoire) -> (Date, String) {
    let choix = profil.delai(cle);
    let echeance = choix.valeur.echeance(depuis, Report::Aucun, &territoire);
    (echeance.brute, format!("{} à compter du {} ({})", choix.valeur, Jour(depuis), choix.source))
}

fn a_completer(notice: &Suivie, profil: &Profil) -> Etape {
    let (avant_le, delai) = dans(profil, "completer", notice.jugee_le, Territoire::Metropole);
    let motif = motif_en_mots(notice.motif.as_deref().unwrap_or("la notice"));
    Etape {
        quoi: format!("compléter la notice : {motif}"),
        qui: SECRETARIAT.to_owned(),
        avant_le,
        regle: "completer_la_notice",
        motifs: vec![
            "une notice inexploitable attend d'être complétée, elle n'est jamais écartée (charte, II.3)".to_owned(),
            delai,
        ],
    }
}

fn a_confirmer(dossier: &Dossier, notice: &Suivie, profil: &Profil) -> bool {
    notice.contenu.date.is_some_and(|date| profil.est_trop_ancien(date, notice.recue_le))
        && dossier.situation_confirmee_le.is_none_or(|le| le < notice.recue_le)
}

fn confirmer_la_situation(notice: &Suivie, profil: &Profil) -> Etape {
    let (avant_le, delai) = dans(profil, "confirmer", notice.recue_le, Territoire::Metropole);
    let date = notice.contenu.date.map_or_else(String::new, |d| format!(" du {}", Jour(d)));
    Etape {
        quoi: "confirmer la situation du ménage : est-il encore dans le logement, la dette court-elle encore ?".to_owned(),
        qui: SECRETARIAT.to_owned(),
        avant_le,
        regle: "confirmer_la_situation",
        motifs: vec![
            format!(
                "acte{date} de plus de {} mois à sa réception (choix du profil)",
                profil.anciennete_maximale_mois()
            ),
            delai,
        ],
    }
}

/// Personne ne peut être en retard d'une étape apprise après son terme : elle se compte de la réception.
fn jamais_due_avant(mut etape: Etape, notice: &Suivie, profil: &Profil) -> Etape {
    if etape.avant_le < notice.jugee_le {
        let (reporte, delai) = dans(profil, "confirmer", notice.jugee_le, Territoire::Metropole);
        etape.motifs.push(format!(
            "terme déjà passé le {}, à la réception de l'acte : {delai}",
            Jour(etape.avant_le)
        ));
        etape.avant_le = reporte;
    }
    etape
}

/// À la fin du délai du commandement : la dette est-elle payée ?
fn verifier_le_paiement(dossier: &Dossier, notice: &Suivie, service: &str) -> Option<Etape> {
    let depuis = notice.contenu.date?;
    let suite = dossier.en_vigueur().any(|n| n.nature.est_judiciaire());
    let fin = fin_du_delai(notice.nature, &notice.contenu).ok()?;
    let releve = dossier.dette.is_some_and(|(le, _)| le >= fin.valeur.premier_jour_possible);
    if notice.nature != Nature::Cdp || suite || releve || notice.statut == Statut::Incomplet {
        return None;
    }
    let mut motifs = vec![format!("commandement du {}", Jour(depuis))];
    motifs.extend(fin.motifs.iter().map(ToString::to_string));
    Some(Etape {
        quoi: "vérifier si la dette est réglée à la fin du délai du commandement".to_owned(),
        qui: service.to_owned(),
        avant_le: fin.valeur.premier_jour_possible,
        regle: "delai_commandement_de_payer",
        motifs,
    })
}

fn envoyer_les_lettres(dossier: &Dossier, profil: &Profil) -> Option<Etape> {
    let plus_ancienne =
        dossier.lettres.values().filter(|l| l.etape == "prepare").map(|l| l.le).min()?;
    let nombre = dossier.lettres_a_envoyer();
    let (avant_le, delai) = dans(profil, "envoyer", plus_ancienne, Territoire::Metropole);
    Some(Etape {
        quoi: match nombre {
            1 => "envoyer la lettre préparée".to_owned(),
            n => format!("envoyer les {n} lettres préparées"),
        },
        qui: SECRETARIAT.to_owned(),
        avant_le,
        regle: "envoyer_les_lettres",
        motifs: vec![
            "le secrétariat saisit sans délai, par écrit, le bailleur, le locataire, le maire et le CCAS (règlement intérieur, 4.4)".to_owned(),
            delai,
        ],
    })
}

/// Une lettre qui demande une réponse, partie et restée sans retour.
fn relancer(dossier: &Dossier, profil: &Profil) -> Option<Etape> {
    let partie = dossier
        .lettres
        .iter()
        .filter(|((_, modele), lettre)| {
            matches!(lettre.etape.as_str(), "envoye" | "imprime")
                && (modele.starts_with("intervention_") || modele == "demande_complement")
        })
        .map(|(_, lettre)| lettre.le)
        .min()?;
    let (avant_le, delai) = dans(profil, "relancer", partie, Territoire::Metropole);
    Some(Etape {
        quoi: "relancer les destinataires qui n'ont pas répondu, ou noter leur réponse".to_owned(),
        qui: SECRETARIAT.to_owned(),
        avant_le,
        regle: "relancer",
        motifs: vec![
            "les retours sont suivis et relancés (règlement intérieur, 4.4)".to_owned(),
            delai,
        ],
    })
}

fn prendre_en_charge(dossier: &Dossier, service: &str, profil: &Profil) -> Option<Etape> {
    let depuis = dossier.en_vigueur().map(|n| n.jugee_le).min()?;
    let (avant_le, delai) = dans(profil, "prendre_en_charge", depuis, Territoire::Metropole);
    Some(Etape {
        quoi: "accepter la prise en charge et joindre le ménage".to_owned(),
        qui: service.to_owned(),
        avant_le,
        regle: "prendre_en_charge",
        motifs: vec![
            "tout ménage signalé a un service en charge qui l'a accepté (fiche 3-4)".to_owned(),
            delai,
        ],
    })
}

/// Ce que la nature de l'acte appelle, au-delà du commandement.
fn suite_de_l_acte(
    dossier: &Dossier,
    notice: &Suivie,
    service: &str,
    profil: &Profil,
    territoire: Territoire,
) -> Option<Etape> {
    let date = notice.contenu.date?;
    let suivie_d_un_acte = |natures: &[Nature]| {
        dossier
            .en_vigueur()
            .any(|n| natures.contains(&n.nature) && n.contenu.date.is_some_and(|d| d >= date))
    };
    match notice.nature {
        Nature::Cdp => None,
        Nature::Assignation => {
            if suivie_d_un_acte(&[Nature::Decision, Nature::Cql, Nature::RequisitionCfp]) {
                return None;
            }
            let Some(audience) = notice.contenu.date_audience else {
                let (avant_le, delai) = dans(profil, "date_audience", notice.jugee_le, territoire);
                return Some(Etape {
                    quoi: "demander la date de l'audience à l'étude".to_owned(),
                    qui: SECRETARIAT.to_owned(),
                    avant_le,
                    regle: "demander_la_date_d_audience",
                    motifs: vec![
                        "l'assignation reçue ne donne pas la date de l'audience".to_owned(),
                        delai,
                    ],
                });
            };
            let transmission = dernier_jour_transmission(audience, territoire).ok();
            Some(match transmission {
                Some(limite) if limite.valeur >= notice.recue_le => Etape {
                    quoi: format!(
                        "transmettre le diagnostic social et financier au juge et à la commission avant l'audience du {}",
                        Jour(audience)
                    ),
                    qui: service.to_owned(),
                    avant_le: limite.valeur,
                    regle: "dsf_transmission",
                    motifs: limite.motifs.iter().map(ToString::to_string).collect(),
                },
                _ => {
                    let (avant_le, delai) = dans(profil, "issue_audience", audience, territoire);
                    Etape {
                        quoi: format!("connaître l'issue de l'audience du {}", Jour(audience)),
                        qui: service.to_owned(),
                        avant_le,
                        regle: "connaitre_l_issue_de_l_audience",
                        motifs: vec![
                            "l'audience est trop proche ou passée pour un diagnostic préalable"
                                .to_owned(),
                            delai,
                        ],
                    }
                }
            })
        }
        Nature::Decision => {
            if suivie_d_un_acte(&[Nature::Cql, Nature::RequisitionCfp]) {
                return None;
            }
            let (avant_le, delai) = dans(profil, "suivre_decision", notice.recue_le, territoire);
            Some(Etape {
                quoi: "joindre le ménage sur la décision : délais à respecter, recours, relogement"
                    .to_owned(),
                qui: service.to_owned(),
                avant_le,
                regle: "suivre_la_decision",
                motifs: vec![format!("décision du {}", Jour(date)), delai],
            })
        }
        Nature::Cql => {
            if suivie_d_un_acte(&[Nature::RequisitionCfp]) {
                return None;
            }
            let notifie_le = notice.contenu.date_notification_prefet;
            let fin =
                fin_du_delai_cql(date, notifie_le, NonNotifie::Suspend, Report::Aucun, territoire)
                    .ok()?;
            Some(Etape {
                quoi: "trouver une solution avant la fin du délai du commandement de quitter les lieux".to_owned(),
                qui: service.to_owned(),
                avant_le: fin.valeur.retenue,
                regle: "delai_cql",
                motifs: fin.motifs.iter().map(ToString::to_string).collect(),
            })
        }
        Nature::RequisitionCfp => {
            let silence = refus_implicite(date).ok()?;
            Some(Etape {
                quoi: "rendre l'avis de la sous-commission sur le concours de la force publique"
                    .to_owned(),
                qui: SECRETARIAT.to_owned(),
                avant_le: silence.valeur.retenue,
                regle: "delai_reponse_cfp",
                motifs: silence.motifs.iter().map(ToString::to_string).collect(),
            })
        }
        Nature::SaisineBailleur | Nature::SignalementImpaye | Nature::Alerte => {
            if dossier.situation_confirmee_le.is_some_and(|le| le >= notice.recue_le) {
                return None;
            }
            let origine =
                notice.contenu.autres.get("origine").and_then(|v| v.as_str()).unwrap_or("autre");
            let reponse = profil.delai_de_reponse(origine, notice.recue_le);
            let echeance = reponse.valeur.echeance(notice.recue_le, Report::Aucun, &territoire);
            Some(Etape {
                quoi: "répondre à la saisine : avis, ou inscription à l'ordre du jour".to_owned(),
                qui: SECRETARIAT.to_owned(),
                avant_le: echeance.brute,
                regle: "ccapex_delai_reponse",
                motifs: vec![format!(
                    "reçue le {} : réponse dans les {} ({})",
                    Jour(notice.recue_le),
                    reponse.valeur,
                    reponse.source
                )],
            })
        }
    }
}

/// Rien d'autre n'est dû : le dossier revient à la cadence du secrétariat.
fn revoir(dossier: &Dossier, service: &str, profil: &Profil, solde: bool) -> Option<Etape> {
    let depuis = dossier.dernier_fait_le?;
    if solde {
        return Some(Etape {
            quoi: "constater l'issue pour le ménage : la dette est réglée".to_owned(),
            qui: service.to_owned(),
            avant_le: depuis.saturating_add(1.month()),
            regle: "constater_l_issue",
            motifs: vec!["un dossier se clôt sur l'issue du ménage, non sur celle de la procédure (charte, II.3)".to_owned()],
        });
    }
    let (avant_le, delai) = dans(profil, "revoir", depuis, Territoire::Metropole);
    Some(Etape {
        quoi: "revoir la situation du ménage en réunion de secrétariat".to_owned(),
        qui: SECRETARIAT.to_owned(),
        avant_le,
        regle: "revoir_en_secretariat",
        motifs: vec!["aucune autre étape n'est due".to_owned(), delai],
    })
}
