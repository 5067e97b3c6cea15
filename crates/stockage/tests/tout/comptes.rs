//! Comptes, sessions, correspondances et courriels.

use ccapex::identifiants::AgentId;
use ccapex::partenaires::agent::{Agent, Role};
use stockage::compte::Compte;
use stockage::correspondance::Correspondance;
use stockage::depart::EtatDeDepart;
use stockage::echec::Echec;
use stockage::session::{Etape, Moyen, Session};

use crate::bases::{MOTEURS, central, depot, neuve, sous_commission};
use crate::situations::instant;

pub(crate) fn compte(identifiant: &str) -> Compte {
    Compte {
        agent: sous_commission("lens"),
        identifiant: identifiant.to_owned(),
        secret: "$argon2id$…".to_owned(),
        actif: true,
        cree_le: instant(0),
        echecs: 0,
        dernier_echec: None,
        fin: None,
    }
}

pub(crate) fn session(compte: AgentId, empreinte: &str) -> Session {
    Session {
        empreinte: empreinte.to_owned(),
        compte,
        etape: Etape::Ouverte,
        moyen: Moyen::MotDePasse,
        appareil: "Firefox, Windows".to_owned(),
        cree_le: instant(10),
        vu_le: instant(10),
        expire_le: instant(100),
        fin_le: instant(300),
        jeton_csrf: "jeton".to_owned(),
        preuve: None,
    }
}

#[tokio::test]
async fn un_compte_desactive_perd_ses_sessions() {
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        let admin = Agent { role: Role::Administrateur, ..central() }.peut_administrer().unwrap();
        let id = base.stockage.creer_compte(&compte("lens")).await.unwrap();
        assert!(matches!(base.stockage.creer_compte(&compte("lens")).await, Err(Echec::Refus(_))));
        let mut lu = base.stockage.compte_par_identifiant("lens").await.unwrap().unwrap();
        assert_eq!((lu.agent.id, lu.agent.sous_commission.as_deref()), (id, Some("lens")));
        base.stockage.ouvrir_session(&session(id, "e"), instant(0)).await.unwrap();
        let ouverte = async |le| base.stockage.session("e", instant(le)).await.unwrap().is_some();
        assert!(ouverte(99).await);
        assert!(!ouverte(100).await, "une session finie ne s'ouvre plus");
        base.stockage.prolonger_session("e", instant(99), instant(200)).await.unwrap();
        assert!(ouverte(150).await);
        lu.actif = false;
        base.stockage.changer_compte(&admin, &lu).await.unwrap();
        assert!(!ouverte(150).await);
        assert_eq!(base.stockage.comptes(&admin).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn une_correspondance_gardee_remplace_celle_d_avant() {
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        let garder = async |contenu: &str| {
            let correspondance = Correspondance {
                emetteur: "etude 1".to_owned(),
                nature: "cdp".to_owned(),
                contenu: contenu.to_owned(),
            };
            base.stockage.garder_correspondance(&depot(), &correspondance).await.unwrap();
        };
        garder("{}").await;
        garder(r#"{"Réf":"reference_acte"}"#).await;
        let lue = base.stockage.correspondance(&depot(), "etude 1", "cdp").await.unwrap().unwrap();
        assert_eq!(lue.contenu, r#"{"Réf":"reference_acte"}"#);
        assert_eq!(base.stockage.correspondances(&depot()).await.unwrap(), [lue]);
        base.stockage.oublier_correspondance(&depot(), "etude 1", "cdp").await.unwrap();
        assert_eq!(base.stockage.correspondances(&depot()).await.unwrap(), []);
    }
}

#[tokio::test]
async fn un_courriel_n_est_pris_que_par_un_programme() {
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        let s = &base.stockage;
        for n in [1, 2] {
            assert_eq!(
                s.preparer_depart(n, "a@b.fr", "Objet", "Texte", instant(n)).await.unwrap(),
                n
            );
        }
        let premier = s.prendre_depart(instant(5)).await.unwrap().unwrap();
        assert_eq!((premier.id, premier.etat, premier.essais), (1, EtatDeDepart::EnCours, 1));
        let second = s.prendre_depart(instant(5)).await.unwrap().unwrap();
        assert_eq!(second.id, 2);
        assert_eq!(s.prendre_depart(instant(5)).await.unwrap(), None);
        s.changer_depart(1, EtatDeDepart::Echec, "adresse inconnue", instant(6)).await.unwrap();
        let echecs = s.departs(EtatDeDepart::Echec, 10).await.unwrap();
        assert_eq!(echecs.len(), 1);
        assert_eq!(
            (echecs[0].erreur.as_str(), echecs[0].change_le),
            ("adresse inconnue", instant(6))
        );
        assert_eq!(s.departs_du_courrier(2).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn les_collegues_sont_ceux_du_meme_organisme_dans_la_meme_mission() {
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        let mut cree = Vec::new();
        for (identifiant, role, organisme) in [
            ("un", Role::Fsl, "FSL"),
            ("deux", Role::Fsl, "FSL"),
            ("trois", Role::Fsl, "Un autre FSL"),
            ("quatre", Role::Siao, "FSL"),
        ] {
            let agent = Agent { role, organisme: organisme.to_owned(), ..central() };
            let compte = Compte { agent, ..compte(identifiant) };
            cree.push(base.stockage.creer_compte(&compte).await.unwrap());
        }
        let collegues = base.stockage.collegues(cree[0]).await.unwrap();
        assert_eq!(collegues.into_iter().collect::<Vec<_>>(), [cree[0], cree[1]], "{moteur:?}");
    }
}

#[tokio::test]
async fn une_notice_en_cours_de_saisie_n_est_lue_que_par_qui_la_saisit_et_ne_se_garde_pas_sans_fin()
{
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        let s = &base.stockage;
        let id = s.creer_brouillon(&depot(), "cdp", "{}", instant(1)).await.unwrap();
        s.garder_brouillon(&depot(), id, r#"{"commune":"Lens"}"#, instant(2)).await.unwrap();
        let lu = s.brouillon(&depot(), id).await.unwrap();
        assert_eq!((lu.contenu.as_str(), lu.maj_le), (r#"{"commune":"Lens"}"#, instant(2)));
        assert_eq!(s.brouillons(&depot()).await.unwrap(), [lu]);
        let inconnu = s.brouillon(&depot(), id + 1).await;
        assert!(matches!(inconnu, Err(Echec::Introuvable)));
        assert_eq!(s.oublier_les_vieux_brouillons(instant(2)).await.unwrap(), 0);
        assert_eq!(s.oublier_les_vieux_brouillons(instant(3)).await.unwrap(), 1);
        let efface = s.garder_brouillon(&depot(), id, "{}", instant(4)).await;
        assert!(matches!(efface, Err(Echec::Introuvable)));
    }
}
