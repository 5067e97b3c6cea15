//! Les listes, comparées à ce qu'une lecture naïve de tous les dossiers donnerait.

use ccapex::identifiants::{AgentId, DossierId, NoticeId};
use ccapex::partenaires::agent::{Agent, Role};
use ccapex::partenaires::habilitation::{Perimetre, Portee, Vue};
use ccapex::partenaires::partie::{Pourquoi, ajouter};
use jiff::civil::date;
use stockage::base::Stockage;
use stockage::compteurs::Nombres;
use stockage::courrier::EtatDeCourrier;
use stockage::dossier::VueDossier;
use stockage::liste::ordre::{Curseur, Sens, Tri};
use stockage::liste::{Compte, Etendue, File, Filtre};
use stockage::question::{EtatDeQuestion, VueQuestion};
use stockage::transaction::Lot;

use crate::bases::{
    MOTEURS, central, depot, etude, lecture, neuve, service, sous_commission, tout,
};
use crate::situations::{instant, notice, ouvrir, vue};

const DOSSIERS: std::ops::RangeInclusive<i64> = 1..=400;

pub(crate) const SANS_FILTRE: Filtre = Filtre {
    etendue: Etendue::Ouverts,
    file: None,
    sous_commission: Vec::new(),
    service: Vec::new(),
    statut: Vec::new(),
    stade: Vec::new(),
    etat: None,
    liste: None,
    commune: Vec::new(),
    texte: None,
    echeance_avant: None,
    echeance_apres: None,
    qui: vec![],
    a_repondre: false,
    references: Vec::new(),
    tri: Tri::Echeance,
    sens: Sens::Naturel,
    apres: None,
    limite: 7,
};

fn dit(texte: &str) -> Option<String> {
    Some(texte.to_owned())
}

fn un(valeur: &str) -> Vec<String> {
    vec![valeur.to_owned()]
}

fn plusieurs(valeurs: &[&str]) -> Vec<String> {
    valeurs.iter().map(|v| (*v).to_owned()).collect()
}

fn filtres() -> Vec<Filtre> {
    let f = SANS_FILTRE;
    vec![
        f.clone(),
        Filtre { etendue: Etendue::Clos, ..f.clone() },
        Filtre { etendue: Etendue::Tous, tri: Tri::MiseAJour, limite: 50, ..f.clone() },
        Filtre { tri: Tri::MiseAJour, ..f.clone() },
        Filtre { sens: Sens::Inverse, ..f.clone() },
        Filtre { tri: Tri::MiseAJour, sens: Sens::Inverse, limite: 30, ..f.clone() },
        Filtre { tri: Tri::Reference, limite: 50, ..f.clone() },
        Filtre { tri: Tri::Reference, sens: Sens::Inverse, service: un("caf"), ..f.clone() },
        Filtre { tri: Tri::Nom, limite: 25, ..f.clone() },
        Filtre { tri: Tri::Nom, sens: Sens::Inverse, stade: un("assignation"), ..f.clone() },
        Filtre { tri: Tri::Commune, limite: 25, ..f.clone() },
        Filtre {
            tri: Tri::Commune,
            sens: Sens::Inverse,
            etendue: Etendue::Tous,
            limite: 25,
            ..f.clone()
        },
        Filtre { tri: Tri::Dette, limite: 25, ..f.clone() },
        Filtre { tri: Tri::Dette, sens: Sens::Inverse, ..f.clone() },
        Filtre { service: plusieurs(&["caf", "msa"]), ..f.clone() },
        Filtre {
            service: plusieurs(&["caf", "msa"]),
            sous_commission: plusieurs(&["lens", "arras"]),
            ..f.clone()
        },
        Filtre { stade: plusieurs(&["assignation", "cdp_signifie"]), tri: Tri::Nom, ..f.clone() },
        Filtre { commune: plusieurs(&["62003", "62005"]), ..f.clone() },
        Filtre {
            references: plusieurs(&["62-2026-000012", "62-2026-000013", "62-2026-999999"]),
            ..f.clone()
        },
        Filtre { references: un("62-2026-000012"), texte: dit("nom12"), ..f.clone() },
        Filtre { file: Some(File::ACompleter), ..f.clone() },
        Filtre { file: Some(File::AOrienter), ..f.clone() },
        Filtre { file: Some(File::AConfirmer), ..f.clone() },
        Filtre { file: Some(File::Courriers), limite: 100, ..f.clone() },
        Filtre { file: Some(File::SansEtape), ..f.clone() },
        Filtre { file: Some(File::AExaminer), ..f.clone() },
        Filtre { sous_commission: un("lens"), ..f.clone() },
        Filtre { statut: un("incomplet"), sous_commission: un("arras"), ..f.clone() },
        Filtre { stade: un("assignation"), ..f.clone() },
        Filtre { liste: dit("non_pris_en_charge"), ..f.clone() },
        Filtre { liste: dit("petite_dette"), sous_commission: un("lens"), ..f.clone() },
        Filtre { liste: dit("petite"), ..f.clone() },
        Filtre { liste: dit("jamais_vue"), ..f.clone() },
        Filtre { etat: dit("treve_active"), ..f.clone() },
        Filtre { etat: dit("pcs"), liste: dit("petite_dette"), ..f.clone() },
        Filtre { etat: dit("treve_active"), etendue: Etendue::Tous, ..f.clone() },
        Filtre { statut: un("jamais vu"), ..f.clone() },
        Filtre { service: un("msa"), statut: un("eligible"), ..f.clone() },
        Filtre { stade: un("assignation"), commune: un("62003"), ..f.clone() },
        Filtre { texte: dit("nom4"), ..f.clone() },
        Filtre { texte: dit("prenom2 nom1"), ..f.clone() },
        Filtre { texte: dit("nom_ %"), ..f.clone() },
        Filtre { texte: dit("62-2026-00012"), ..f.clone() },
        Filtre { texte: dit("62-2026-000123"), etendue: Etendue::Tous, ..f.clone() },
        Filtre { a_repondre: true, ..f.clone() },
        Filtre { a_repondre: true, texte: dit("nom4"), etendue: Etendue::Tous, ..f.clone() },
        Filtre { echeance_avant: Some(date(2026, 11, 10)), ..f.clone() },
        Filtre { echeance_apres: Some(date(2026, 12, 20)), ..f.clone() },
        Filtre {
            echeance_apres: Some(date(2026, 11, 21)),
            echeance_avant: Some(date(2026, 11, 30)),
            service: un("caf"),
            ..f
        },
    ]
}

/// Le programme, puis des personnes : une restriction n'arrête qu'elles.
fn agents() -> Vec<Agent> {
    let numeroter = |(n, agent)| Agent { id: AgentId(n), ..agent };
    let agents: Vec<Agent> = (0..).zip(personnes()).map(numeroter).collect();
    assert_eq!(agents[0], central(), "le programme");
    agents
}

/// La même, à qui un accès exceptionnel ouvre un dossier sur quatre.
fn par_exception(agent: Agent) -> Agent {
    Agent { exceptions: DOSSIERS.filter(|n| n % 4 == 0).map(DossierId).collect(), ..agent }
}

fn personnes() -> Vec<Agent> {
    vec![
        central(),
        central(),
        sous_commission("calais"),
        service("caf"),
        etude("Étude 2"),
        Agent { profil: "75".to_owned(), ..central() },
        Agent { role: Role::Lecteur, ..central() },
        Agent { role: Role::SecretariatSousCommission, ..central() },
        Agent { role: Role::Fsl, ..central() },
        Agent {
            role: Role::Ccas,
            communes: vec!["62002".to_owned(), "62005".to_owned()],
            ..central()
        },
        Agent { role: Role::Ccas, ..central() },
        Agent { role: Role::ForcePublique, ..central() },
        Agent { role: Role::ForcePublique, sous_commission: Some("lens".to_owned()), ..central() },
        Agent { role: Role::Dpo, ..central() },
        par_exception(service("caf")),
        par_exception(etude("Étude 2")),
    ]
}

/// Ce que le filtre et l'agent retiennent, d'après l'habilitation elle-même.
fn retient(agent: &Agent, filtre: &Filtre, d: &VueDossier) -> bool {
    let egal = |attendus: &Vec<String>, valeur: &str| {
        attendus.is_empty() || attendus.iter().any(|attendu| attendu == valeur)
    };
    let texte = filtre.texte.as_deref().is_none_or(|texte| {
        if texte.starts_with('6') {
            d.reference.starts_with(texte)
        } else {
            texte.split_whitespace().all(|mot| d.mots.iter().any(|m| m.starts_with(mot)))
        }
    });
    agent.peut_lire(&d.situation()).is_ok()
        && (!filtre.a_repondre || agent.a_pour_part(&d.situation(), Pourquoi::ARepondre))
        && match filtre.etendue {
            Etendue::Ouverts => d.clos_le.is_none(),
            Etendue::Clos => d.clos_le.is_some(),
            Etendue::Tous => true,
        }
        && filtre.file.is_none_or(|file| match file {
            File::ACompleter => d.file == "a_completer",
            File::AOrienter => d.a_orienter(),
            File::AConfirmer => d.questions > 0,
            File::Courriers => d.courriers > 0,
            File::SansEtape => d.sans_etape(),
            File::AExaminer => d.etape_regle == "a_examiner",
        })
        && filtre.liste.as_ref().is_none_or(|liste| d.listes.contains(liste))
        && filtre.etat.as_ref().is_none_or(|etat| d.etats.contains(etat))
        && egal(&filtre.sous_commission, &d.sous_commission)
        && egal(&filtre.service, &d.service)
        && egal(&filtre.statut, &d.statut)
        && egal(&filtre.stade, &d.stade)
        && egal(&filtre.commune, &d.commune)
        && egal(&filtre.references, &d.reference)
        && texte
        && filtre.echeance_avant.is_none_or(|j| d.etape_avant_le.is_some_and(|e| e < j))
        && filtre.echeance_apres.is_none_or(|j| d.etape_avant_le.is_some_and(|e| e >= j))
}

fn naive(agent: &Agent, filtre: &Filtre) -> Vec<VueDossier> {
    let mut retenus: Vec<VueDossier> =
        DOSSIERS.map(vue).filter(|d| retient(agent, filtre, d)).collect();
    match filtre.tri {
        Tri::Echeance => {
            retenus.sort_by_key(|d| (d.etape_avant_le.is_none(), d.etape_avant_le, d.id));
        }
        Tri::MiseAJour => retenus.sort_by_key(|d| std::cmp::Reverse((d.maj_le, d.id))),
        Tri::Reference => retenus.sort_by_key(|d| (d.reference.clone(), d.id)),
        Tri::Nom => retenus.sort_by_key(|d| (d.nom.clone(), d.id)),
        Tri::Commune => retenus.sort_by_key(|d| {
            (d.commune.clone(), d.etape_avant_le.is_none(), d.etape_avant_le, d.id)
        }),
        Tri::Dette => retenus.sort_by_key(|d| std::cmp::Reverse((d.dette.unwrap_or(-1), d.id))),
    }
    if filtre.sens == Sens::Inverse {
        retenus.reverse();
    }
    retenus
}

/// Toutes les pages, par le curseur tel qu'une adresse le porte.
async fn pages(stockage: &Stockage, du: &Perimetre, filtre: &Filtre) -> Vec<VueDossier> {
    let (mut filtre, mut lignes) = (filtre.clone(), vec![]);
    loop {
        let page = stockage.liste(du, &filtre).await.unwrap();
        lignes.extend(page.lignes);
        match page.suivant {
            Some(curseur) => filtre.apres = Curseur::de_code(&curseur.code()),
            None => return lignes,
        }
    }
}

#[tokio::test]
async fn chaque_liste_est_celle_que_l_habilitation_et_le_filtre_retiennent() {
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        ouvrir(&base.stockage, DOSSIERS).await;
        for agent in agents() {
            let du = agent.perimetre();
            for filtre in filtres() {
                let attendus = naive(&agent, &filtre);
                let obtenus = pages(&base.stockage, &du, &filtre).await;
                let ids = |v: &[VueDossier]| v.iter().map(|d| d.id.0).collect::<Vec<_>>();
                let cas = format!("{moteur:?} {:?} {filtre:?}", agent.role);
                assert_eq!(ids(&obtenus), ids(&attendus), "{cas}");
                assert_eq!(obtenus, attendus, "{cas}");
                let compte = base.stockage.compter(&du, &filtre).await.unwrap();
                let n = i64::try_from(attendus.len()).unwrap();
                assert_eq!(compte, Compte::Exact(n), "{cas}");
            }
        }
    }
}

#[tokio::test]
async fn l_accueil_compte_ce_que_les_listes_montrent() {
    let (aujourd_hui, dimanche) = (date(2026, 11, 18), date(2026, 11, 22));
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        ouvrir(&base.stockage, DOSSIERS).await;
        for agent in agents() {
            let du = agent.perimetre();
            let obtenus = base.stockage.compteurs(&du, aujourd_hui, dimanche).await.unwrap();
            // Le pilotage lit les chiffres de tout le profil, et aucun dossier.
            let chiffres = matches!(agent.role, Role::Lecteur | Role::Dpo);
            let vus = if chiffres { central() } else { agent.clone() };
            // Un service compte ce qui lui est confié ; ce dont il n'a qu'une part est dans ses alertes.
            // Un dossier restreint n'est dans aucun chiffre que tous lisent.
            let compte = |d: &VueDossier| {
                if chiffres && d.nommes.is_some() {
                    return false;
                }
                let portee = vus.perimetre().portee(&d.situation());
                agent.role != Role::OrganismePayeur || portee == Some(Portee::Entier)
            };
            let naive = |vus: &Agent, filtre: &Filtre| {
                let mut lus = naive(vus, filtre);
                lus.retain(compte);
                lus
            };
            let n = |file, avant, apres| {
                let filtre = Filtre {
                    file,
                    echeance_avant: avant,
                    echeance_apres: apres,
                    etendue: Etendue::Ouverts,
                    ..SANS_FILTRE
                };
                i64::try_from(naive(&vus, &filtre).len()).unwrap()
            };
            // Qui n'a que sa part ne suit pas de liste ; les autres y lisent ce que la liste montre.
            let suit = *du.vue() != Vue::Parties;
            let listes = ["non_pris_en_charge", "petite_dette"]
                .into_iter()
                .map(|code| {
                    let filtre =
                        Filtre { liste: dit(code), etendue: Etendue::Ouverts, ..SANS_FILTRE };
                    (code.to_owned(), i64::try_from(naive(&vus, &filtre).len()).unwrap())
                })
                .filter(|(_, n)| suit && *n > 0)
                .collect();
            let clos = naive(&vus, &Filtre { etendue: Etendue::Clos, ..SANS_FILTRE });
            let clos = clos.iter().filter(|d| !d.issue.is_empty()).count();
            let attendus = Nombres {
                clos: i64::try_from(clos).unwrap(),
                listes,
                ouverts: n(None, None, None),
                a_completer: n(Some(File::ACompleter), None, None),
                a_orienter: n(Some(File::AOrienter), None, None),
                a_confirmer: n(Some(File::AConfirmer), None, None),
                courriers: n(Some(File::Courriers), None, None),
                semaine: n(None, Some(date(2026, 11, 23)), Some(aujourd_hui)),
                en_retard: n(None, Some(aujourd_hui), None),
                sans_etape: n(Some(File::SansEtape), None, None),
                a_examiner: n(Some(File::AExaminer), None, None),
                notices_sans_dossier: 0,
            };
            assert_eq!(obtenus, attendus, "{moteur:?} {:?}", agent.role);
        }
    }
}

#[tokio::test]
async fn les_files_ne_montrent_rien_hors_du_perimetre() {
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        ouvrir(&base.stockage, 1..=60).await;
        let question = |n: i64| VueQuestion {
            id: n,
            dossier: vue(n).id,
            candidat: vue(n + 1).id,
            rang: 1,
            motifs: "[]".to_owned(),
            etat: if n % 5 == 0 { EtatDeQuestion::Jointe } else { EtatDeQuestion::Ouverte },
            creee_le: instant(n),
        };
        let mut orpheline = notice(61);
        orpheline.dossier = None;
        orpheline.sous_commission = String::new();
        orpheline.profil = "62".to_owned();
        let lot = Lot {
            questions: (1..=59).map(question).collect(),
            notices: vec![orpheline.clone()],
            ..Lot::default()
        };
        let mut ecriture = base.stockage.ecriture(&depot()).await.unwrap();
        ecriture.inserer(lot).await.unwrap();
        ecriture.valider().await.unwrap();
        for agent in agents() {
            let du = agent.perimetre();
            let entier = |n: i64| du.portee(&vue(n).situation()) == Some(Portee::Entier);
            let questions = base.stockage.questions_ouvertes(&du, None, 100).await.unwrap();
            let attendues: Vec<i64> = (1..=59).filter(|n| n % 5 != 0 && entier(*n)).collect();
            let obtenues: Vec<i64> = questions.iter().map(|q| q.id).collect();
            assert_eq!(obtenues, attendues, "{moteur:?} {:?}", agent.role);

            let prepares = stockage::courrier::filtre::Filtre::de(EtatDeCourrier::Prepare);
            let lettres = base.stockage.courriers(&du, &prepares, Some(3), 1_000).await.unwrap();
            let attendues: Vec<i64> = (4..=60).filter(|n| n % 4 != 0 && entier(*n)).collect();
            let obtenues: Vec<i64> = lettres.iter().map(|c| c.id).collect();
            assert_eq!(obtenues, attendues, "{moteur:?} {:?}", agent.role);
            let toutes = lettres.iter().filter(|c| c.id > 3).count();
            let comptees =
                base.stockage.compter_les_courriers(&du, &prepares, 1_000).await.unwrap();
            let avant = (1..=3).filter(|n| n % 4 != 0 && entier(*n)).count();
            assert_eq!(usize::try_from(comptees).unwrap(), toutes + avant, "{moteur:?}");
            let deux = base.stockage.compter_les_courriers(&du, &prepares, 2).await.unwrap();
            assert_eq!(deux, comptees.min(2), "{moteur:?}");

            // Une notice est à qui lit son dossier, ou à qui l'a envoyée s'il n'en a qu'une part.
            let restreint = |n: i64| match (vue(n).nommes, du.nommes()) {
                (Some(nommes), Some(siens)) => {
                    !du.exceptions().contains(&DossierId(n))
                        && siens.iter().all(|nom| !nommes.contains(nom))
                }
                _ => false,
            };
            let visible = |n: i64| match du.vue() {
                Vue::Parties => {
                    let tu = restreint(n);
                    let n = notice(n);
                    !tu && n.profil == du.profil() && du.emetteur() == Some(n.emetteur.as_str())
                }
                Vue::Profil | Vue::SousCommission(_) | Vue::Service(_) | Vue::Chiffres => entier(n),
            };
            let notices = base.stockage.notices_a_completer(&du, None, 1_000).await.unwrap();
            let orpheline_vue = (agent.role == Role::SecretariatCentral && agent.profil == "62")
                || (agent.role == Role::CommissaireDeJustice && orpheline.emetteur == "etude 2");
            let attendues: Vec<i64> = (1..=60)
                .filter(|n| notice(*n).statut == "incomplet" && visible(*n))
                .chain(orpheline_vue.then_some(61))
                .collect();
            let obtenues: Vec<i64> = notices.iter().map(|n| n.id.0).collect();
            assert_eq!(obtenues, attendues, "{moteur:?} {:?}", agent.role);
            let ids: Vec<NoticeId> = (1..=60).map(NoticeId).collect();
            let identites = base.stockage.identites_des_notices(&du, &ids).await.unwrap();
            let attendues: Vec<i64> = (1..=60).filter(|n| visible(*n)).collect();
            assert_eq!(identites.into_keys().collect::<Vec<_>>(), attendues);
        }
    }
}

#[tokio::test]
async fn une_etude_ne_lit_d_un_dossier_que_ses_notices_et_la_reponse_recue() {
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        let mut premiere = vue(2);
        ajouter(&mut premiere.parties, "emetteur:etude 1", Pourquoi::AEnvoye);
        let mut autre = notice(5);
        (autre.dossier, autre.emetteur) = (Some(premiere.id), "etude 1".to_owned());
        let mut lot = crate::situations::ouverture(2..=2);
        lot.dossiers = vec![(premiere.clone(), None)];
        lot.notices.push(autre.clone());
        let mut reponse = crate::situations::courrier(6);
        (reponse.dossier, reponse.notice) = (Some(premiere.id), Some(autre.id));
        lot.courriers.push(reponse.clone());
        let mut ecriture = base.stockage.ecriture(&depot()).await.unwrap();
        ecriture.inserer(lot).await.unwrap();
        ecriture.valider().await.unwrap();

        let etude = etude("Étude 1");
        let du = etude.perimetre();
        let situation = base.stockage.situation(&premiere.reference).await.unwrap();
        let une = etude.peut_lire(&situation.situation()).unwrap();
        assert_eq!(base.stockage.notices_du_dossier(&une, &du).await.unwrap(), [autre]);
        assert_eq!(base.stockage.courriers_du_dossier(&une, &du).await.unwrap(), [reponse]);
        let entier = lecture(&base.stockage, &premiere.reference).await;
        assert_eq!(base.stockage.notices_du_dossier(&entier, &tout()).await.unwrap().len(), 2);
        assert_eq!(base.stockage.courriers_du_dossier(&entier, &tout()).await.unwrap().len(), 2);
    }
}

#[test]
fn un_curseur_abime_n_ouvre_aucune_page() {
    for code in [
        "",
        "_",
        "e2026-11-21",
        "x_3",
        "e2026-11-21_x",
        "e' OR 1=1_3",
        "d12,5_3",
        "c62041_3",
        "é_3",
    ] {
        assert_eq!(Curseur::de_code(code), None, "{code}");
    }
}
