//! L'agenda, les images, les abonnements et les notifications lues.

use std::collections::BTreeMap;

use ccapex::identifiants::{AgentId, DossierId};
use ccapex::partenaires::agent::{Agent, Role};
use jiff::civil::{Date, date};
use stockage::agenda::{Fenetre, Rendezvous};
use stockage::compte::Compte;
use stockage::compteurs::images::Images;
use stockage::depart::{EtatDeDepart, RESUME};
use stockage::dossier::VueDossier;
use stockage::notification::Resume;

use crate::bases::{MOTEURS, central, neuve, service, sous_commission};
use crate::situations::{instant, ouvrir, vue};

const DU: Date = date(2026, 12, 1);
const AU: Date = date(2026, 12, 20);

fn fenetre() -> Fenetre {
    Fenetre { du: DU, au: AU, service: None, sous_commission: None }
}

/// Le jour de ce dossier à l'agenda, comme on le chercherait sans base.
fn jour(vue: &VueDossier, quoi: Rendezvous) -> Option<Date> {
    match quoi {
        Rendezvous::Audience => vue.audience_le,
        Rendezvous::Echeance => vue.etape_avant_le.filter(|_| vue.clos_le.is_none()),
    }
}

#[tokio::test]
async fn l_agenda_compte_et_montre_les_dossiers_du_perimetre_et_eux_seuls() {
    let personnes = [central(), sous_commission("lens"), service("caf")];
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        ouvrir(&base.stockage, 1..=300).await;
        for agent in &personnes {
            let perimetre = agent.perimetre().en_entier();
            for quoi in Rendezvous::TOUS {
                for choisi in [None, Some("msa".to_owned())] {
                    let fenetre = Fenetre { service: choisi.clone(), ..fenetre() };
                    let attendus: BTreeMap<(Date, DossierId), VueDossier> = (1..=300)
                        .map(vue)
                        .filter(|v| perimetre.portee(&v.situation()).is_some())
                        .filter(|v| choisi.as_ref().is_none_or(|s| v.service == *s))
                        .filter_map(|v| Some(((jour(&v, quoi)?, v.id), v)))
                        .filter(|((jour, _), _)| (DU..=AU).contains(jour))
                        .collect();
                    let mut comptes: BTreeMap<Date, i64> = BTreeMap::new();
                    for (jour, _) in attendus.keys() {
                        *comptes.entry(*jour).or_default() += 1;
                    }
                    let cas = format!("{moteur:?} {:?} {quoi:?} {choisi:?}", agent.role);
                    let lus = base.stockage.agenda(&perimetre, &fenetre, quoi).await.unwrap();
                    assert_eq!(lus, comptes, "{cas}");
                    let (mut lues, mut apres) = (vec![], None);
                    loop {
                        let page = base
                            .stockage
                            .a_l_agenda(&perimetre, &fenetre, quoi, apres, 7)
                            .await
                            .unwrap();
                        let Some(derniere) = page.last() else { break };
                        apres = jour(derniere, quoi).map(|jour| (jour, derniere.id));
                        lues.extend(page);
                    }
                    assert_eq!(lues, attendus.into_values().collect::<Vec<_>>(), "{cas}");
                }
            }
        }
    }
}

/// Les images des dossiers ouverts que `montre` retient, comme on les compterait sans base.
fn dessinees(aujourd_hui: Date, montre: impl Fn(&VueDossier) -> bool) -> Images {
    let mut images = Images::default();
    for v in (1..=300).map(vue).filter(|v| v.clos_le.is_none() && montre(v)) {
        *images.stades.entry(v.stade.clone()).or_default() += 1;
        *images.communes.entry(v.commune.clone()).or_default() += 1;
        *images.services.entry(v.service.clone()).or_default() += 1;
        if v.etape_avant_le.is_some_and(|le| le < aujourd_hui) {
            *images.en_retard.entry(v.service.clone()).or_default() += 1;
        }
    }
    images
}

#[tokio::test]
async fn les_images_comptent_les_dossiers_ouverts_par_stade_par_commune_et_par_service() {
    let aujourd_hui = date(2026, 11, 21);
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        ouvrir(&base.stockage, 1..=300).await;
        for agent in [central(), sous_commission("arras"), service("caf")] {
            let perimetre = agent.perimetre().en_entier();
            let attendues = dessinees(aujourd_hui, |v| perimetre.portee(&v.situation()).is_some());
            let lues = base.stockage.images(&agent.perimetre(), aujourd_hui).await.unwrap();
            assert_eq!(lues, attendues, "{moteur:?} {:?}", agent.role);
        }
        let pilote = Agent { role: Role::Lecteur, ..central() }.perimetre();
        let lues = base.stockage.images(&pilote, aujourd_hui).await.unwrap();
        let pour_tous = dessinees(aujourd_hui, |v| v.profil == "62" && v.nommes.is_none());
        assert_eq!(lues, pour_tous, "un accès restreint n'est dans aucun chiffre que tous lisent");
        let etude = crate::bases::etude("etude 1").perimetre();
        assert_eq!(base.stockage.images(&etude, aujourd_hui).await.unwrap(), Images::default());
    }
}

fn compte(identifiant: &str) -> Compte {
    Compte {
        agent: central(),
        identifiant: identifiant.to_owned(),
        secret: "$argon2id$…".to_owned(),
        actif: true,
        cree_le: instant(0),
        echecs: 0,
        dernier_echec: None,
        fin: None,
    }
}

#[tokio::test]
async fn un_abonnement_se_change_se_coupe_et_ne_survit_pas_au_compte() {
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        let stockage = &base.stockage;
        let id = stockage.creer_compte(&compte("a")).await.unwrap();
        assert_eq!(stockage.abonnement(id).await.unwrap(), None, "{moteur:?}");
        stockage.abonner(id, "premier", instant(1)).await.unwrap();
        let (abonnement, lu) = stockage.abonne("premier").await.unwrap().unwrap();
        assert_eq!((abonnement.vu_le, lu.agent.id), (None, id));
        stockage.abonnement_vu(id, instant(2)).await.unwrap();
        assert_eq!(stockage.abonnement(id).await.unwrap().unwrap().vu_le, Some(instant(2)));
        stockage.abonner(id, "second", instant(3)).await.unwrap();
        assert!(stockage.abonne("premier").await.unwrap().is_none(), "l'ancien lien est coupé");
        assert_eq!(stockage.abonnement(id).await.unwrap().unwrap().vu_le, None);
        let admin = Agent { role: Role::Administrateur, ..central() }.peut_administrer().unwrap();
        let ferme = Compte { actif: false, ..stockage.compte(id).await.unwrap() };
        stockage.changer_compte(&admin, &ferme).await.unwrap();
        assert!(stockage.abonne("second").await.unwrap().is_none(), "le compte est fermé");
        stockage.changer_compte(&admin, &Compte { actif: true, ..ferme }).await.unwrap();
        assert!(stockage.abonne("second").await.unwrap().is_some());
        stockage.desabonner(id).await.unwrap();
        assert!(stockage.abonne("second").await.unwrap().is_none());
    }
}

#[tokio::test]
async fn ce_qui_est_lu_le_reste_par_dossier_ou_en_tout() {
    let (moi, autre) = (AgentId(1), AgentId(2));
    let (un, deux) = (DossierId(1), DossierId(2));
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        let stockage = &base.stockage;
        stockage.marquer_lues(moi, Some(un), instant(10)).await.unwrap();
        stockage.marquer_lues(moi, Some(un), instant(5)).await.unwrap();
        let lues = stockage.notifications_lues(moi).await.unwrap();
        assert!(lues.contient(un, instant(10)) && !lues.contient(un, instant(11)), "{moteur:?}");
        assert!(!lues.contient(deux, instant(10)));
        stockage.marquer_lues(moi, None, instant(20)).await.unwrap();
        let lues = stockage.notifications_lues(moi).await.unwrap();
        assert!(lues.contient(deux, instant(20)) && !lues.contient(un, instant(21)));
        assert_eq!(stockage.notifications_lues(autre).await.unwrap(), Default::default());
    }
}

#[tokio::test]
async fn le_resume_d_une_personne_ne_part_qu_une_fois_par_jour() {
    let (jour, lendemain) = (date(2026, 11, 21), date(2026, 11, 22));
    let resume = Resume { a: "a@b.fr".into(), objet: "Seuil".into(), corps: "Bonjour".into() };
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        let stockage = &base.stockage;
        let id = stockage.creer_compte(&compte("a")).await.unwrap();
        let sans = stockage.creer_compte(&compte("b")).await.unwrap();
        let attendent = async |jour| stockage.resumes_a_preparer("62", jour).await.unwrap();
        assert!(attendent(jour).await.is_empty(), "personne ne l'a demandé");
        stockage.regler_les_notifications(id, "a@b.fr", true).await.unwrap();
        stockage.regler_les_notifications(sans, "c@d.fr", false).await.unwrap();
        let lus = attendent(jour).await;
        assert_eq!(
            lus.iter().map(|(c, a)| (c.agent.id, a.as_str())).collect::<Vec<_>>(),
            [(id, "a@b.fr")]
        );
        assert!(stockage.resumes_a_preparer("75", jour).await.unwrap().is_empty());
        let prepare = async |jour| {
            stockage.preparer_resume(id, jour, Some(&resume), instant(1)).await.unwrap()
        };
        let (ici, la) = tokio::join!(prepare(jour), prepare(jour));
        assert!(ici != la, "{moteur:?} : deux programmes à la fois, un seul résumé");
        assert!(attendent(jour).await.is_empty());
        assert!(!stockage.preparer_resume(sans, jour, Some(&resume), instant(1)).await.unwrap());
        // Un jour sans rien à dire est noté, et rien ne part.
        assert!(stockage.preparer_resume(id, lendemain, None, instant(2)).await.unwrap());
        let departs = stockage.departs(EtatDeDepart::EnAttente, 10).await.unwrap();
        assert_eq!(departs.len(), 1, "{moteur:?}");
        assert_eq!((departs[0].courrier, departs[0].a.as_str()), (RESUME, "a@b.fr"));
    }
}

#[tokio::test]
async fn les_derniers_dossiers_changes_sont_ceux_du_perimetre() {
    let depuis = instant(20);
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        ouvrir(&base.stockage, 1..=200).await;
        for agent in [central(), sous_commission("lens"), service("caf")] {
            let perimetre = agent.perimetre().en_entier();
            let mut attendus: Vec<VueDossier> = (1..=200)
                .map(vue)
                .filter(|v| perimetre.portee(&v.situation()).is_some() && v.maj_le >= depuis)
                .collect();
            attendus.sort_by_key(|v| std::cmp::Reverse((v.maj_le, v.id)));
            attendus.truncate(15);
            let lus = base.stockage.changes_depuis(&perimetre, depuis, 15).await.unwrap();
            assert_eq!(lus, attendus, "{moteur:?} {:?}", agent.role);
        }
    }
}
