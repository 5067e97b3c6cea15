//! Entrer : essais, sessions, second facteur, invitations, identités, gestes.

use ccapex::identifiants::AgentId;
use stockage::echec::Echec;
use stockage::facteur::Appareil;
use stockage::geste::Geste;
use stockage::invitation::{EtatDInvitation, Invitation, Message};
use stockage::session::Session;

use crate::bases::{MOTEURS, neuve};
use crate::comptes::{compte, session};
use crate::situations::instant;

#[tokio::test]
async fn les_essais_se_comptent_avant_d_etre_juges_et_une_attente_n_en_compte_pas() {
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        let s = &base.stockage;
        let tenter = async |le: i64| {
            s.tenter(&["identifiant", "adresse"], instant(le), instant(0), |rang, e| {
                (rang == 0 && e.echecs >= 2).then(|| instant(50))
            })
            .await
            .unwrap()
        };
        assert_eq!(tenter(1).await, Ok(vec![1, 1]));
        assert_eq!(tenter(2).await, Ok(vec![2, 2]));
        assert_eq!(tenter(3).await, Err(instant(50)));
        assert_eq!(tenter(50).await, Ok(vec![3, 3]));
        s.essai_reussi(&["identifiant", "adresse"]).await.unwrap();
        assert_eq!(tenter(51).await, Ok(vec![1, 3]));
        // Un essai trop ancien s'oublie.
        let oublie = s.tenter(&["adresse"], instant(60), instant(52), |_, _| None).await.unwrap();
        assert_eq!(oublie, Ok(vec![1]));
    }
}

#[tokio::test]
async fn une_session_finit_meme_active_et_les_autres_se_ferment_sans_elle() {
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        let s = &base.stockage;
        let id = s.creer_compte(&compte("lens")).await.unwrap();
        for empreinte in ["aaaaaaaaaaaaaaaa1", "bbbbbbbbbbbbbbbb2", "cccccccccccccccc3"] {
            s.ouvrir_session(&session(id, empreinte), instant(0)).await.unwrap();
        }
        s.prolonger_session("aaaaaaaaaaaaaaaa1", instant(99), instant(900)).await.unwrap();
        let ouverte =
            async |le| s.session("aaaaaaaaaaaaaaaa1", instant(le)).await.unwrap().is_some();
        assert!(ouverte(299).await);
        assert!(!ouverte(300).await, "la fin l'emporte sur l'activité");
        let ouvertes = async |le| {
            let sessions = s.sessions_du_compte(id, instant(le)).await.unwrap();
            sessions.into_iter().map(|s: Session| s.empreinte).collect::<Vec<_>>()
        };
        assert_eq!(ouvertes(20).await.len(), 3);
        s.fermer_une_session(id, "bbbbbbbbbbbbbbbb").await.unwrap();
        let inconnue = s.fermer_une_session(AgentId(id.0 + 1), "cccccccccccccccc").await;
        assert!(matches!(inconnue, Err(Echec::Introuvable)), "celle d'un autre");
        s.fermer_les_autres_sessions(id, "aaaaaaaaaaaaaaaa1").await.unwrap();
        assert_eq!(ouvertes(20).await, ["aaaaaaaaaaaaaaaa1"]);
    }
}

#[tokio::test]
async fn un_code_ne_sert_qu_une_fois_et_un_facteur_actif_ne_se_remplace_pas() {
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        let s = &base.stockage;
        let id = s.creer_compte(&compte("lens")).await.unwrap();
        s.proposer_facteur(id, "premier").await.unwrap();
        s.proposer_facteur(id, "second").await.unwrap();
        assert!(!s.avancer_facteur(id, 7).await.unwrap(), "proposé, il ne sert pas encore");
        let codes = ["un".to_owned(), "deux".to_owned()];
        s.activer_facteur(id, instant(1), 10, &codes).await.unwrap();
        assert_eq!(s.second_facteur(id).await.unwrap().unwrap().secret, "second");
        let deja = s.proposer_facteur(id, "troisième").await;
        assert!(matches!(deja, Err(Echec::Conflit)));
        let deja = s.activer_facteur(id, instant(2), 11, &codes).await;
        assert!(matches!(deja, Err(Echec::Conflit)));
        for (pas, attendu) in [(10, false), (11, true), (11, false), (9, false), (12, true)] {
            assert_eq!(s.avancer_facteur(id, pas).await.unwrap(), attendu, "{pas}");
        }
        assert_eq!(s.codes_restants(id).await.unwrap(), 2);
        assert!(s.depenser_code(id, "un").await.unwrap());
        assert!(!s.depenser_code(id, "un").await.unwrap());
        assert!(!s.depenser_code(AgentId(id.0 + 1), "deux").await.unwrap());
        let appareil = Appareil {
            empreinte: "poste".to_owned(),
            compte: id,
            nom: "Firefox, Windows".to_owned(),
            cree_le: instant(1),
            expire_le: instant(50),
        };
        s.garder_appareil(&appareil).await.unwrap();
        assert_eq!(s.appareils(id, instant(2)).await.unwrap(), [appareil]);
        for (le, compte, attendu) in [(49, id, true), (50, id, false), (2, AgentId(99), false)] {
            let connu = s.appareil_connu("poste", compte, instant(le)).await.unwrap();
            assert_eq!(connu, attendu, "{le}");
        }
        assert_eq!(s.comptes_a_second_facteur().await.unwrap(), [id.0]);
        s.retirer_facteur(id).await.unwrap();
        assert_eq!(s.comptes_a_second_facteur().await.unwrap(), [0_i64; 0]);
        assert_eq!(s.codes_restants(id).await.unwrap(), 0);
        assert!(!s.appareil_connu("poste", id, instant(2)).await.unwrap());
    }
}

#[tokio::test]
async fn un_lien_d_invitation_ne_sert_qu_une_fois_et_le_dernier_seul_vaut() {
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        let s = &base.stockage;
        let id = s.creer_compte(&compte("lens")).await.unwrap();
        let invitation = Invitation {
            id: 0,
            compte: id,
            empreinte: None,
            par: AgentId(0),
            etat: EtatDInvitation::Ouverte,
            jours: 7,
            cree_le: instant(1),
            expire_le: instant(100),
            depart: None,
        };
        let message = Message { a: "lens@exemple.fr", objet: "Seuil", corps: "{lien}" };
        let premiere = s.inviter(&invitation, message).await.unwrap();
        assert!(s.tirer_le_lien(premiere, "lien 1", instant(100)).await.unwrap());
        let seconde = s.inviter(&invitation, message).await.unwrap();
        let annulee = s.invitation_du_lien("lien 1").await.unwrap().unwrap();
        assert_eq!(annulee.etat, EtatDInvitation::Annulee);
        assert!(!s.tirer_le_lien(premiere, "lien 1 bis", instant(100)).await.unwrap());
        assert!(s.tirer_le_lien(seconde, "lien 2", instant(100)).await.unwrap());
        let lue = s.invitation_du_lien("lien 2").await.unwrap().unwrap();
        let depart = lue.depart.unwrap();
        assert_eq!(s.invitation_du_depart(depart).await.unwrap().unwrap().id, seconde);
        let tard = s.accepter_invitation(&lue, "haché", instant(100)).await;
        assert!(matches!(tard, Err(Echec::Conflit)), "expirée");
        s.accepter_invitation(&lue, "haché", instant(99)).await.unwrap();
        assert_eq!(s.compte(id).await.unwrap().secret, "haché");
        let encore = s.accepter_invitation(&lue, "autre", instant(99)).await;
        assert!(matches!(encore, Err(Echec::Conflit)), "déjà servie");
        assert!(!s.annuler_invitation(id).await.unwrap());
        assert_eq!(
            s.derniere_invitation(id).await.unwrap().unwrap().etat,
            EtatDInvitation::Acceptee
        );
    }
}

#[tokio::test]
async fn une_adresse_et_un_nom_de_fournisseur_designent_un_seul_compte() {
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        let s = &base.stockage;
        let lens = s.creer_compte(&compte("lens")).await.unwrap();
        let arras = s.creer_compte(&compte("arras")).await.unwrap();
        s.garder_courriel(lens, "lens@exemple.fr").await.unwrap();
        s.garder_courriel(lens, "lens@exemple.fr").await.unwrap();
        let pris = s.garder_courriel(arras, "lens@exemple.fr").await;
        assert!(matches!(pris, Err(Echec::Refus(_))));
        assert_eq!(s.compte_du_courriel("lens@exemple.fr").await.unwrap(), Some(lens));
        assert_eq!(s.courriel_du_compte(arras).await.unwrap(), None);
        s.lier_identite("https://fi", "sujet", lens, instant(1)).await.unwrap();
        for (sujet, compte) in [("sujet", arras), ("autre", lens)] {
            let pris = s.lier_identite("https://fi", sujet, compte, instant(1)).await;
            assert!(matches!(pris, Err(Echec::Conflit)), "{sujet}");
        }
        assert_eq!(s.compte_du_sujet("https://fi", "sujet").await.unwrap(), Some(lens));
        assert_eq!(s.compte_du_sujet("https://autre", "sujet").await.unwrap(), None);
        s.delier_identites(lens).await.unwrap();
        assert_eq!(s.compte_du_sujet("https://fi", "sujet").await.unwrap(), None);
    }
}

#[tokio::test]
async fn une_saisie_gardee_ne_se_rend_qu_a_qui_l_a_tapee_et_une_heure() {
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        let s = &base.stockage;
        let (moi, autre) = (AgentId(1), AgentId(2));
        s.garder_saisie("e", moi, "chiffré", instant(1), instant(50)).await.unwrap();
        for (compte, le, attendu) in [(moi, 49, true), (moi, 50, false), (autre, 2, false)] {
            let lue = s.saisie_en_attente("e", compte, instant(le)).await.unwrap();
            assert_eq!(lue.is_some(), attendu);
        }
        s.oublier_saisie("e", moi).await.unwrap();
        assert_eq!(s.saisie_en_attente("e", moi, instant(2)).await.unwrap(), None);
    }
}

#[tokio::test]
async fn chaque_geste_s_inscrit_avec_qui_l_a_fait() {
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        let s = &base.stockage;
        let lens = s.creer_compte(&compte("lens")).await.unwrap();
        let admin = s.creer_compte(&compte("admin")).await.unwrap();
        s.noter_geste(lens, Geste::Connexion, lens, "Firefox, Windows", instant(1)).await.unwrap();
        s.noter_geste(lens, Geste::FacteurRetire, admin, "", instant(2)).await.unwrap();
        s.noter_geste(lens, Geste::MotDePasse, AgentId(0), "", instant(3)).await.unwrap();
        let gestes = s.gestes(lens, 2).await.unwrap();
        let vus: Vec<_> = gestes.iter().map(|g| (g.geste, g.par, g.par_nom.is_some())).collect();
        assert_eq!(
            vus,
            [(Geste::MotDePasse, AgentId(0), false), (Geste::FacteurRetire, admin, true)]
        );
    }
}
