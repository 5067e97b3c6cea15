//! Les données d'exemple. Les noms sont inventés.

use askama::Template;
use ccapex::partenaires::agent::{Agent, Role};
use web::a_traiter::completer::{LigneNotice, PageCompleter};
use web::a_traiter::notice::PageNotice;
use web::a_traiter::rapprochements::{Accord, Candidat, Comparaison, PageRapprochements, Question};
use web::accueil::{Liste, PageAccueil, Tuile};
use web::cadre::{Cadre, Section};
use web::composants::{
    Alerte, Badge, Champ, Choix, Genre, Lien, Onglet, Onglets, Pagination, Ton, Vide,
};
use web::comptes::liste::{LigneCompte, PageComptes, Remis};
use web::connexion::PageConnexion;
use web::courriers::liste::{LigneLettre, PageCourriers};
use web::courriers::messages::{LigneMessage, PageMessages};
use web::dossiers::dossier::{
    ActePasse, Echeance, Fiche, Joindre, Joint, Lettre, LigneJournal, PageDossier, Piece, Prochaine,
};
use web::dossiers::liste::{Colonne, Filtre, LigneDossier, PageDossiers};
use web::echeances::{LigneEcheance, PageEcheances};
use web::erreur::PageErreur;
use web::reception::correspondance::{Entete, PageCorrespondance};
use web::reception::depot::{LignePiece, PageDepot};
use web::reception::piece::{LigneRecue, PagePiece};
use web::regles::liste::{LigneRegle, PageRegles};
use web::regles::regle::{AutreLecture, LigneVersion, PageRegle, Resultat};
use web::saisie::{Groupe, PageSaisie};

fn s(texte: &str) -> String {
    texte.to_owned()
}

fn textes(textes: &[&str]) -> Vec<String> {
    textes.iter().map(|t| s(t)).collect()
}

fn paires(paires: &[(&str, &str)]) -> Vec<(String, String)> {
    paires.iter().map(|(a, b)| (s(a), s(b))).collect()
}

fn cadre(role: Role, section: Section, titre: &str) -> Cadre {
    let agent = Agent {
        nom: s("Wallart Odile"),
        organisme: s("Sous-préfecture d'Arras"),
        role,
        ..Agent::programme("62")
    };
    Cadre {
        environnement: s("Démonstration"),
        territoire: s("Prévention des expulsions – Pas-de-Calais"),
        ..Cadre::pour(&agent, section, titre)
    }
}

fn secretariat(section: Section, titre: &str) -> Cadre {
    cadre(Role::SecretariatSousCommission, section, titre)
}

fn pagination() -> Pagination {
    Pagination {
        resume: s("50 lignes montrées sur 1 204"),
        debut: None,
        suite: Some(s("?apres=x")),
    }
}

fn onglets(nom: &'static str, titres: &[(&str, &str)]) -> Onglets {
    let onglets = titres
        .iter()
        .enumerate()
        .map(|(i, (titre, compte))| Onglet {
            titre: s(titre),
            compte: s(compte),
            vers: s("#"),
            ouvert: i == 0,
        })
        .collect();
    Onglets { nom, onglets }
}

fn echeances() -> Vec<LigneEcheance> {
    #[rustfmt::skip]
    let lignes = [
        ("12/11/2026", "depuis 9 jours", true, "Relancer le bailleur : aucune réponse sous 30 jours", "62-2026-000118", "LEFEBVRE Jeanne", "Département"),
        ("18/11/2026", "depuis 3 jours", true, "Confirmer la situation du ménage", "62-2026-000097", "DUQUESNE Paul", "Secrétariat"),
        ("23/11/2026", "dans 2 jours", false, "Fin du délai du commandement de payer", "62-2026-000131", "MORTREUX Aline", "Caf"),
        ("26/11/2026", "dans 5 jours", false, "Dernier jour utile pour notifier l'assignation au préfet", "62-2026-000102", "CARON Didier", "Département"),
    ];
    lignes
        .iter()
        .map(|(jour, distance, en_retard, quoi, dossier, menage, service)| LigneEcheance {
            jour: s(jour),
            distance: s(distance),
            en_retard: *en_retard,
            quoi: s(quoi),
            motifs: textes(&[
                "Délai de réponse du profil : 30 jours.",
                "Lettre partie le 13/10/2026.",
            ]),
            dossier: s(dossier),
            menage: s(menage),
            service: s(service),
            vers: s("/dossier"),
        })
        .collect()
}

fn accueil() -> PageAccueil {
    #[rustfmt::skip]
    let tuiles = [
        ("À compléter", "7", "notices où il manque une information", Ton::Attention, false),
        ("À orienter", "12", "ménages sans service qui ait accepté", Ton::Info, false),
        ("Rapprochements à confirmer", "3", "dossiers qui se ressemblent", Ton::Info, false),
        ("Courriers à envoyer", "46", "lettres prêtes, à imprimer ou à envoyer", Ton::Info, false),
        ("Échéances de la semaine", "18", "d'ici le 28/11/2026", Ton::Neutre, false),
        ("En retard", "2", "la date est passée sans que le geste soit noté", Ton::Erreur, false),
        ("Sans prochaine étape", "0", "dossiers sans suite prévue : il n'y en a aucun", Ton::Succes, true),
    ];
    PageAccueil {
        cadre: secretariat(Section::Accueil, "Bonjour, Odile Wallart"),
        chapo: s("Samedi 21 novembre 2026 · sous-commission d'Arras · 1 204 dossiers ouverts"),
        action: Some(Lien::nouveau("Déposer des fichiers", "/depot")),
        tuiles: tuiles
            .into_iter()
            .map(|(titre, compte, phrase, ton, calme)| Tuile {
                titre: s(titre),
                compte: s(compte),
                phrase: s(phrase),
                vers: s("/dossiers"),
                ton,
                calme,
            })
            .collect(),
        vide: None,
        listes: vec![
            Liste {
                titre: s("En retard"),
                tout: Some(Lien::nouveau("Tout voir", "/echeances")),
                lignes: echeances()[..2].to_vec(),
                si_vide: String::new(),
            },
            Liste {
                titre: s("Cette semaine"),
                tout: Some(Lien::nouveau("Toutes les échéances", "/echeances")),
                lignes: echeances()[2..].to_vec(),
                si_vide: String::new(),
            },
        ],
    }
}

fn depot() -> PageDepot {
    let natures =
        [("", "Automatique, d'après les titres de colonnes"), ("cdp", "Commandement de payer")];
    let piece = |nom: &str, ton, etat: &str, lignes: &str, resultat: &str| LignePiece {
        nom: s(nom),
        vers: s("/piece"),
        recu: s("20/11/2026 à 17 h 02"),
        emetteur: s("SCP Delattre Vasseur"),
        etat: Badge::nouveau(ton, etat),
        lignes: s(lignes),
        resultat: s(resultat),
    };
    PageDepot {
        cadre: secretariat(Section::Reception, "Réception"),
        interdit: None,
        natures: Choix::liste(&natures, ""),
        demande_emetteur: true,
        saisies: [
            "Commandement de payer",
            "Assignation",
            "Décision de justice",
            "Signalement d'impayé",
            "Alerte",
        ]
        .iter()
        .map(|n| Lien::nouveau(*n, "/saisie"))
        .collect(),
        pieces: vec![
            piece(
                "cdp-etude-novembre.csv",
                Ton::Succes,
                "Traité",
                "124",
                "101 éligibles · 12 non éligibles · 7 à compléter · 4 doublons",
            ),
            piece(
                "export-logiciel.xlsx",
                Ton::Attention,
                "Colonnes à préciser",
                "—",
                "3 colonnes obligatoires ne sont pas reconnues",
            ),
            piece(
                "scan.pdf",
                Ton::Erreur,
                "Refusé",
                "—",
                "Ce n'est pas un tableau. Demandez le fichier d'origine à l'étude.",
            ),
        ],
        vide: Vide::nouveau("Aucun fichier reçu", "Déposez le premier ci-dessus."),
    }
}

fn piece() -> PagePiece {
    let ligne = |n: &str, reference: &str, ton, statut: &str, motif: &str| LigneRecue {
        ligne: s(n),
        reference: s(reference),
        statut: Badge::nouveau(ton, statut),
        motif: s(motif),
        explications: textes(&[
            "Impayé sans interruption depuis le 03/06/2026 : 4 mois révolus au 12/10/2026, le seuil est de 2 mois.",
            "Dette de 2 480,00 € pour un loyer hors charges de 520,00 € : 4,7 fois, le seuil est de 2 fois.",
            "Seuils : loi n° 89-462, art. 24 I, depuis le 29/07/2023.",
        ]),
        anomalies: vec![],
        suites: textes(&["Confié à la Caf", "Fin du délai : 23/11/2026"]),
        questions: vec![],
        dossier: Some(Lien::nouveau("62-2026-000131", "/dossier")),
        rapprochement: s("nouveau dossier"),
    };
    PagePiece {
        cadre: secretariat(Section::Reception, "cdp-etude-novembre.csv").dans_sa_section(),
        nom: s("cdp-etude-novembre.csv"),
        recu: s(
            "Reçu le 20/11/2026 à 17 h 02 de la SCP Delattre Vasseur, déposé par Odile Wallart. 124 lignes, 41 Ko.",
        ),
        empreinte: s("9f2d5a1c0e7b44d6a1b0c4f7e2d9b8a3c6f5e4d3b2a190807060504030201000"),
        actions: vec![Lien::nouveau("Télécharger le fichier reçu", "#")],
        alertes: vec![],
        onglets: Some(onglets(
            "Lignes par résultat",
            &[
                ("Toutes", "124"),
                ("Éligibles", "101"),
                ("Non éligibles", "12"),
                ("À compléter", "7"),
                ("Doublons", "4"),
            ],
        )),
        legende: s("124 lignes"),
        lignes: vec![
            ligne(
                "2",
                "2026-00412",
                Ton::Succes,
                "Éligible",
                "L'ancienneté et le montant dépassent les seuils.",
            ),
            LigneRecue {
                anomalies: textes(&[
                    "Signifié à 21 h 40 : un acte ne se signifie pas après 21 h (CPC, art. 664).",
                ]),
                ..ligne(
                    "3",
                    "2026-00413",
                    Ton::Neutre,
                    "Non éligible",
                    "Aucun des deux seuils n'est atteint.",
                )
            },
            LigneRecue {
                suites: vec![],
                questions: vec![Lien::nouveau("Compléter : commune du logement", "/notice")],
                dossier: None,
                rapprochement: String::new(),
                ..ligne(
                    "4",
                    "2026-00414",
                    Ton::Attention,
                    "À compléter",
                    "La commune « ST MARTIN » désigne plusieurs communes du département.",
                )
            },
            LigneRecue {
                questions: vec![Lien::nouveau("Est-ce le même ménage ?", "/rapprochements")],
                rapprochement: s("ressemble à 62-2026-000044"),
                ..ligne(
                    "5",
                    "2026-00415",
                    Ton::Succes,
                    "Éligible",
                    "L'ancienneté dépasse le seuil.",
                )
            },
            LigneRecue {
                suites: vec![],
                rapprochement: s("déjà reçu le 12/10/2026"),
                ..ligne(
                    "6",
                    "2026-00398",
                    Ton::Info,
                    "Doublon",
                    "Déjà reçu : même émetteur, même référence, même contenu.",
                )
            },
        ],
        vide: Vide::nouveau("Aucune ligne", ""),
        pagination: pagination(),
    }
}

fn correspondance() -> PageCorrespondance {
    let champs = [
        ("", "— Ne pas lire cette colonne —"),
        ("locataire_nom", "Nom du locataire"),
        ("commune", "Commune"),
        ("montant_dette", "Montant de la dette"),
    ];
    let entete = |intitule: &str, etat: &str, exemples: &str, champ: &str| Entete {
        intitule: s(intitule),
        etat: s(etat),
        exemples: s(exemples),
        choix: Choix::liste(&champs, champ),
    };
    PageCorrespondance {
        cadre: secretariat(Section::Reception, "Préciser les colonnes")
            .dans_sa_section()
            .sous("export-logiciel.xlsx", "/piece"),
        chapo: s(
            "Trois colonnes de export-logiciel.xlsx ne sont pas reconnues. Dites une fois ce qu'elles veulent dire : Seuil s'en souviendra pour cet émetteur.",
        ),
        envoyer: s("#"),
        retour: s("/piece"),
        emetteur: s("SCP Delattre Vasseur"),
        entetes: vec![
            entete(
                "Nom LOC",
                "Proche de : nom du locataire",
                "LEFEBVRE · DUQUESNE · CARON",
                "locataire_nom",
            ),
            entete("Ville", "Reconnu", "ARRAS · ST OMER · LENS CEDEX", "commune"),
            entete("Solde dû", "Non reconnu", "2 480,00 · 1 102,50 · 860", ""),
        ],
    }
}

fn saisie() -> PageSaisie {
    let mut dette = Champ::nouveau("montant_dette", "Montant de la dette", Genre::Montant)
        .aide("En euros, loyers et charges : 1 234,56")
        .rempli("douze");
    dette.erreur =
        s("« douze » n'est pas un montant. Écrivez-le en chiffres, par exemple 1 234,56.");
    PageSaisie {
        cadre: secretariat(Section::Reception, "Saisir un commandement de payer").dans_sa_section(),
        chapo: s("La notice saisie est gardée et traitée comme un fichier reçu."),
        natures: Some(onglets(
            "Nature de l'acte",
            &[
                ("Commandement de payer", ""),
                ("Assignation", ""),
                ("Décision", ""),
                ("Signalement d'impayé", ""),
                ("Alerte", ""),
            ],
        )),
        erreurs: vec![Lien::nouveau(
            "Montant de la dette : « douze » n'est pas un montant",
            "#champ-montant_dette",
        )],
        groupes: vec![
            Groupe {
                titre: s("L'acte"),
                champs: vec![
                    Champ::nouveau("date_signification", "Date de signification", Genre::Date)
                        .obligatoire()
                        .aide("Le jour où l'acte a été délivré, en haut de la première page."),
                    Champ::nouveau("reference_acte", "Référence de l'acte", Genre::Texte),
                    Champ::nouveau("etude", "Étude", Genre::Texte).obligatoire(),
                ],
            },
            Groupe {
                titre: s("Le ménage et le logement"),
                champs: vec![
                    Champ::nouveau("locataire_nom", "Nom du locataire", Genre::Texte).obligatoire(),
                    Champ::nouveau("locataire_prenom", "Prénom du locataire", Genre::Texte),
                    Champ::nouveau("locataire_date_naissance", "Date de naissance", Genre::Date),
                    Champ::nouveau("commune", "Commune", Genre::Texte).obligatoire(),
                ],
            },
            Groupe {
                titre: s("La dette"),
                champs: vec![
                    dette,
                    Champ::nouveau(
                        "bailleur_type",
                        "Qualité du bailleur",
                        Genre::Choix(Choix::liste(
                            &[("", "Ne sait pas"), ("personne_physique", "Personne physique")],
                            "",
                        )),
                    )
                    .obligatoire(),
                ],
            },
        ],
        envoyer: s("#"),
        retour: s("/depot"),
        bouton: s("Enregistrer la notice"),
    }
}

fn dossiers() -> PageDossiers {
    #[rustfmt::skip]
    let lignes = [
        ("62-2026-000131", "MORTREUX Aline", "4 rue des Tanneurs, Arras", Ton::Attention, "Commandement de payer", "Fin du délai du commandement : vérifier si la dette est réglée", "23/11/2026", false, "Caf"),
        ("62-2026-000118", "LEFEBVRE Jeanne", "12 rue de la République, Bapaume", Ton::Attention, "Commandement de payer", "Relancer le bailleur", "12/11/2026", true, "Département"),
        ("62-2026-000102", "CARON Didier", "résidence des Ormes, Arras", Ton::Erreur, "Assignation", "Dernier jour utile pour notifier l'assignation au préfet", "26/11/2026", false, "Département (provisoire)"),
        ("62-2026-000097", "DUQUESNE Paul", "3 place du Marché, Avesnes-le-Comte", Ton::Neutre, "Impayé signalé", "Confirmer la situation du ménage", "18/11/2026", true, "Secrétariat"),
    ];
    let colonne = |titre, trie: bool, sens, fleche| Colonne {
        titre,
        trier: trie.then(|| s("?tri=x")),
        sens,
        fleche,
    };
    PageDossiers {
        cadre: secretariat(Section::Dossiers, "Dossiers"),
        chapo: s("Sous-commission d'Arras."),
        recherche: s(""),
        filtres: vec![
            Filtre {
                nom: "stade",
                libelle: "Stade",
                choix: Choix::liste(&[("", "Tous"), ("cdp", "Commandement de payer")], "cdp"),
            },
            Filtre {
                nom: "service",
                libelle: "Service",
                choix: Choix::liste(&[("", "Tous"), ("caf", "Caf")], ""),
            },
            Filtre {
                nom: "file",
                libelle: "File",
                choix: Choix::liste(
                    &[("", "Toutes"), ("a_orienter", "À orienter"), ("en_retard", "En retard")],
                    "",
                ),
            },
        ],
        actifs: vec![Lien::nouveau("Stade : commandement de payer", "#")],
        compte: s("1 204 dossiers"),
        exports: vec![
            Lien::nouveau("CSV", "#"),
            Lien::nouveau("XLSX", "#"),
            Lien::nouveau("ODS", "#"),
        ],
        colonnes: vec![
            colonne("Dossier", true, "", "↕"),
            colonne("Ménage", true, "", "↕"),
            colonne("Stade", false, "", ""),
            colonne("Prochaine étape", false, "", ""),
            colonne("Avant le", true, "ascending", "↑"),
            colonne("Service", false, "", ""),
            colonne("Sous-commission", false, "", ""),
        ],
        dossiers: lignes
            .into_iter()
            .map(
                |(reference, menage, lieu, ton, stade, prochaine, avant_le, en_retard, service)| {
                    LigneDossier {
                        reference: s(reference),
                        vers: s("/dossier"),
                        menage: s(menage),
                        lieu: s(lieu),
                        stade: Badge::nouveau(ton, stade),
                        prochaine: s(prochaine),
                        avant_le: s(avant_le),
                        en_retard,
                        service: s(service),
                        sous_commission: s("Arras"),
                    }
                },
            )
            .collect(),
        vide: Vide::nouveau("Aucun dossier ne correspond", ""),
        pagination: pagination(),
    }
}

fn dossier() -> PageDossier {
    let lettre =
        |modele: &str, destinataire: &str, ton, etat: &str, gestes: &[(&str, &str)]| Lettre {
            modele: s(modele),
            pdf: s("#"),
            jour: s("Préparée le 13/10/2026"),
            destinataire: s(destinataire),
            canal: s("Courrier postal"),
            etat: Badge::nouveau(ton, etat),
            marquer: s("#"),
            gestes: Choix::liste(gestes, ""),
        };
    PageDossier {
        cadre: secretariat(Section::Dossiers, "62-2026-000131").dans_sa_section(),
        reference: s("62-2026-000131"),
        menage: s("MORTREUX Aline"),
        lieu: s("4 rue des Tanneurs, 62000 Arras"),
        mise_a_jour: s("dernière mise à jour le 13/10/2026"),
        etats: vec![
            Badge::nouveau(Ton::Attention, "Commandement de payer"),
            Badge::nouveau(Ton::Neutre, "Sous-commission d'Arras"),
        ],
        alertes: vec![],
        prochaine: Some(Prochaine {
            quoi: s(
                "Vérifier si la dette est réglée : le délai du commandement de payer se termine",
            ),
            qui: s("La Caf, qui a la charge du dossier, avant le 23/11/2026"),
            quand: Badge::nouveau(Ton::Attention, "dans 2 jours"),
            en_retard: false,
            motifs: textes(&[
                "Commandement signifié le 12/10/2026.",
                "Bail signé le 01/09/2024, après le 29/07/2023 : le délai est de 6 semaines (loi n° 89-462, art. 24).",
                "6 semaines valent 42 jours : dernier jour le 23/11/2026, un lundi.",
            ]),
        }),
        questions: vec![Lien::nouveau(
            "Le ménage reçoit-il une aide au logement ? La réponse fixe le service.",
            "/notice",
        )],
        echeances: vec![
            Echeance {
                jour: s("Lundi 23/11/2026"),
                distance: s("dans 2 jours"),
                en_retard: false,
                quoi: s("Fin du délai du commandement de payer"),
                qui: s("Caf"),
                motifs: textes(&[
                    "Délai de 6 semaines à compter du 12/10/2026.",
                    "Confiance B : texte rapporté.",
                ]),
                regle: Some(Lien::nouveau("La règle et son histoire", "/regle")),
            },
            Echeance {
                jour: s("Mardi 24/11/2026"),
                distance: s("dans 3 jours"),
                en_retard: false,
                quoi: s("Première assignation possible"),
                qui: s("Bailleur"),
                motifs: textes(&["Le lendemain de la fin du délai."]),
                regle: None,
            },
        ],
        actes: vec![
            ActePasse {
                jour: s("12/10/2026"),
                titre: s("Commandement de payer"),
                details: textes(&[
                    "SCP Delattre Vasseur, acte 2026-00412",
                    "Dette de 2 480,00 € · loyer hors charges 520,00 €",
                ]),
                anomalies: vec![],
                annule: false,
            },
            ActePasse {
                jour: s("03/06/2026"),
                titre: s("Premier impayé"),
                details: vec![],
                anomalies: vec![],
                annule: false,
            },
        ],
        lettres: vec![
            lettre(
                "Intervention de la commission",
                "Aline Mortreux",
                Ton::Attention,
                "À envoyer",
                &[("imprime", "Imprimée"), ("envoye", "Envoyée")],
            ),
            lettre(
                "Demande d'informations",
                "Le bailleur",
                Ton::Info,
                "Envoyée",
                &[("repondu", "Réponse reçue"), ("retourne", "Retournée")],
            ),
        ],
        journal: vec![
            LigneJournal {
                enregistre: s("13/10/2026 à 09 h 12"),
                fait: s("Notice reçue"),
                precision: s("Éligible : ancienneté et montant"),
                jour: s("12/10/2026"),
                auteur: s("Odile Wallart"),
            },
            LigneJournal {
                enregistre: s("13/10/2026 à 09 h 12"),
                fait: s("Lettres préparées"),
                precision: s("4 lettres"),
                jour: s("13/10/2026"),
                auteur: s("Seuil"),
            },
        ],
        fiches: vec![
            Fiche {
                titre: s("Service en charge"),
                lignes: paires(&[
                    ("Service", "Caf"),
                    ("Depuis", "13/10/2026"),
                    ("Acceptation", "Attendue"),
                ]),
                motifs: textes(&[
                    "Famille avec enfants qui reçoit une aide au logement : service social de la Caf (fiche action 3-4).",
                ]),
            },
            Fiche {
                titre: s("Ménage"),
                lignes: paires(&[
                    ("Locataire", "MORTREUX Aline, née le 04/02/1988"),
                    ("Composition", "1 adulte, 2 enfants"),
                    ("Téléphone", "06 00 00 00 00"),
                    ("Courriel", "aline.mortreux@exemple.fr"),
                    ("Aide au logement", "oui"),
                ]),
                motifs: vec![],
            },
            Fiche {
                titre: s("Logement, bail et dette"),
                lignes: paires(&[
                    ("Adresse", "4 rue des Tanneurs, 62000 Arras"),
                    ("Bailleur", "VASSEUR Henri (personne physique)"),
                    ("Bail", "01/09/2024, loi de 1989"),
                    ("Loyer hors charges", "520,00 €"),
                    ("Dette", "2 480,00 € au 12/10/2026"),
                ]),
                motifs: vec![],
            },
        ],
        pieces: vec![Piece {
            lien: Lien::nouveau("cdp-etude-novembre.csv, ligne 2", "/piece"),
            recue: s("Reçue le 13/10/2026"),
        }],
        peut_agir: true,
        raison: String::new(),
        gestes: vec![Lien::nouveau("Compléter la notice", "/notice")],
        joindre: Joindre { vers: s("#"), ..Joindre::default() },
        joints: vec![Joint { reference: s("62-2026-000044"), vers: s("#") }],
        ici: s("/dossier"),
    }
}

fn completer() -> PageCompleter {
    PageCompleter {
        cadre: secretariat(Section::ATraiter, "À compléter"),
        onglets: onglets(
            "Files à traiter",
            &[("À compléter", "7"), ("Rapprochements à confirmer", "3")],
        ),
        compte: s("7 notices"),
        notices: vec![LigneNotice {
            reference: s("2026-00414"),
            nature: s("Commandement de payer"),
            menage: s("BERTIN Luc, Saint-Martin"),
            recue: s("20/11/2026"),
            emetteur: s("SCP Delattre Vasseur"),
            manques: textes(&["La commune « ST MARTIN » désigne plusieurs communes."]),
            vers: s("/notice"),
        }],
        vide: Vide::nouveau("Rien à compléter", ""),
        pagination: Pagination::default(),
    }
}

fn notice() -> PageNotice {
    PageNotice {
        cadre: secretariat(Section::ATraiter, "Compléter la notice 2026-00414").dans_sa_section(),
        chapo: s(
            "Commandement de payer reçu le 20/11/2026 de la SCP Delattre Vasseur, dans cdp-etude-novembre.csv, ligne 4.",
        ),
        erreurs: vec![],
        manques: textes(&[
            "La commune « ST MARTIN » désigne plusieurs communes : Saint-Martin-Boulogne, Saint-Martin-lez-Tatinghem… Il faut le code postal ou le nom entier.",
        ]),
        explications: vec![],
        champs: vec![
            Champ::nouveau("commune", "Commune", Genre::Texte).obligatoire(),
            Champ::nouveau("code_postal", "Code postal", Genre::Texte),
        ],
        envoyer: s("#"),
        emetteur: s("SCP Delattre Vasseur"),
        objet: s("Acte 2026-00414 : une information nous manque"),
        message: s(
            "Maître,\n\nNous avons reçu votre signalement du 20 novembre 2026 (acte 2026-00414).\nLa commune indiquée, « ST MARTIN », désigne plusieurs communes du département.\n\nPouvez-vous nous dire laquelle, ou nous donner son code postal ?\n\nLe secrétariat de la sous-commission d'Arras",
        ),
        ecrire: Some(Lien::nouveau("Ouvrir dans ma messagerie", "mailto:x")),
        recu: paires(&[
            ("Locataire", "BERTIN Luc"),
            ("Adresse", "2 rue Haute"),
            ("Commune", "ST MARTIN"),
            ("Dette", "1 102,50 €"),
        ]),
    }
}

fn rapprochements() -> PageRapprochements {
    let ligne = |titre: &str, ici: &str, la: &str, accord| Comparaison {
        titre: s(titre),
        ici: s(ici),
        la: s(la),
        accord,
    };
    PageRapprochements {
        cadre: secretariat(Section::ATraiter, "Rapprochements à confirmer"),
        onglets: onglets(
            "Files à traiter",
            &[("Rapprochements à confirmer", "3"), ("À compléter", "7")],
        ),
        questions: vec![Question {
            titre: s("LEFEVRE Jeanne, à Bapaume"),
            recu: s("Reçu le 20/11/2026"),
            reference: s("62-2026-000140"),
            vers: s("/dossier"),
            decider: s("#"),
            candidats: vec![Candidat {
                reference: s("62-2026-000118"),
                vers: s("/dossier"),
                lignes: vec![
                    ligne("Locataire", "LEFEVRE Jeanne", "LEFEBVRE Jeanne", Accord::Proche),
                    ligne("Naissance", "—", "14/06/1979", Accord::Inconnu),
                    ligne(
                        "Adresse",
                        "12 r. de la République",
                        "12 rue de la République",
                        Accord::Egal,
                    ),
                    ligne("Commune", "Bapaume", "Bapaume", Accord::Egal),
                    ligne("Bailleur", "SCI du Beffroi", "VASSEUR Henri", Accord::Different),
                ],
                motifs: textes(&[
                    "Une lettre d'écart sur le nom.",
                    "Même adresse.",
                    "La date de naissance manque d'un côté : rien ne permet d'être certain.",
                ]),
            }],
        }],
        vide: Vide::nouveau("Aucun rapprochement à confirmer", ""),
        pagination: Pagination::default(),
    }
}

fn courriers() -> PageCourriers {
    let lettre = |id: &str, modele: &str, destinataire: &str, canal: &str| LigneLettre {
        id: s(id),
        cochee: false,
        modele: s(modele),
        pdf: s("#"),
        destinataire: s(destinataire),
        canal: s(canal),
        dossier: Lien::nouveau("62-2026-000131", "/dossier"),
        jour: s("13/10/2026"),
        etat: Badge::nouveau(Ton::Attention, "À envoyer"),
        precision: String::new(),
    };
    PageCourriers {
        cadre: secretariat(Section::Courriers, "Courriers"),
        chapo: s(
            "Cochez des lettres pour les ouvrir en un seul fichier à imprimer, puis notez qu'elles sont parties.",
        ),
        onglets: onglets(
            "Courriers par état",
            &[
                ("À envoyer", "46"),
                ("Partis", "812"),
                ("Réponses reçues", "203"),
                ("Retournés", "9"),
                ("Messages électroniques", "118"),
            ],
        ),
        compte: s("46 lettres"),
        gestes: Choix::liste(
            &[
                ("ouvrir", "Ouvrir en un seul PDF"),
                ("imprime", "Noter imprimées"),
                ("envoye", "Noter envoyées"),
            ],
            "",
        ),
        lettres: vec![
            lettre("1", "Intervention de la commission", "MORTREUX Aline", "Courrier postal"),
            lettre("2", "Demande d'informations au bailleur", "VASSEUR Henri", "Courrier postal"),
            lettre("3", "Information du maire", "Mairie d'Arras", "Messagerie"),
        ],
        vide: Vide::nouveau("Aucune lettre à envoyer", ""),
        pagination: pagination(),
        ici: s("/courriers"),
    }
}

fn messages() -> PageMessages {
    let message = |objet: &str, ton, etat: &str, precision: &str| LigneMessage {
        objet: s(objet),
        texte: s("Madame, Monsieur,\n\nVous trouverez ci-joint une lettre de la commission."),
        jointe: Some(Lien::nouveau("Lettre jointe (PDF)", "#")),
        destinataire: s("Mairie d'Arras"),
        adresse: s("accueil@mairie.exemple.fr"),
        jour: s("13/10/2026 à 09 h 12"),
        etat: Badge::nouveau(ton, etat),
        precision: s(precision),
    };
    PageMessages {
        cadre: secretariat(Section::Courriers, "Messages électroniques").dans_sa_section(),
        chapo: s(
            "Sans serveur de messagerie réglé, rien ne part : les messages attendent ici et se lisent.",
        ),
        onglets: onglets(
            "Courriers par état",
            &[("Messages électroniques", "118"), ("À envoyer", "46")],
        ),
        compte: s("118 messages"),
        messages: vec![
            message(
                "Un ménage de votre commune",
                Ton::Neutre,
                "En attente",
                "Aucun serveur de messagerie n'est réglé.",
            ),
            message(
                "Un ménage de votre commune",
                Ton::Erreur,
                "Échec",
                "L'adresse n'existe pas. Vérifiez-la, ou imprimez la lettre.",
            ),
        ],
        vide: Vide::nouveau("Aucun message", ""),
        pagination: Pagination::default(),
    }
}

fn regles() -> PageRegles {
    let regle =
        |nom: &str, titre: &str, valeur: &str, depuis: &str, source: &str, ton, confiance: &str| {
            LigneRegle {
                nom: s(nom),
                titre: s(titre),
                vers: s("/regle"),
                valeur: s(valeur),
                depuis: s(depuis),
                source: s(source),
                confiance: Badge::nouveau(ton, confiance),
            }
        };
    PageRegles {
        cadre: secretariat(Section::Regles, "Règles en vigueur"),
        au: s("2026-11-21"),
        recherche: String::new(),
        compte: s("64 règles"),
        legende: s("en vigueur le 21 novembre 2026, dont 18 à vérifier."),
        regles: vec![
            regle(
                "delai_commandement_de_payer",
                "Délai du commandement de payer",
                "6 semaines (bail conclu depuis le 29/07/2023), 2 mois avant",
                "29/07/2023",
                "loi n° 89-462, art. 24 I",
                Ton::Info,
                "Rapporté",
            ),
            regle(
                "delai_commandement_assurance",
                "Délai du commandement pour défaut d'assurance",
                "1 mois",
                "—",
                "loi n° 89-462, art. 7 g",
                Ton::Attention,
                "À vérifier",
            ),
            regle(
                "signalement_cdp_seuil_anciennete",
                "Seuil d'ancienneté de l'impayé",
                "2 mois",
                "29/07/2023",
                "loi n° 89-462, art. 24 I",
                Ton::Succes,
                "Texte lu",
            ),
        ],
        vide: Vide::nouveau("Aucune règle", ""),
    }
}

fn regle() -> PageRegle {
    PageRegle {
        cadre: secretariat(Section::Regles, "Délai du commandement de payer").dans_sa_section(),
        nom: s("delai_commandement_de_payer"),
        objet: s("Temps laissé au locataire pour payer, avant que la clause résolutoire joue."),
        ici: s("/regle"),
        versions: vec![
            LigneVersion {
                periode: s("depuis le 29/07/2023"),
                en_vigueur: true,
                valeur: s("6 semaines"),
                source: s("loi n° 89-462, art. 24 I, rédaction de la loi n° 2023-668"),
                confiance: Badge::nouveau(Ton::Info, "Rapporté"),
            },
            LigneVersion {
                periode: s("jusqu'au 28/07/2023"),
                en_vigueur: false,
                valeur: s("2 mois"),
                source: s("Cass. 3e civ., avis, 13 juin 2024, n° 24-70.002"),
                confiance: Badge::nouveau(Ton::Info, "Rapporté"),
            },
        ],
        notes: textes(&["Un délai en semaines se compte en jours : 6 semaines valent 42 jours."]),
        autres: vec![AutreLecture { titre: s("bail reconduit : 6 semaines"), versions: vec![] }],
        options: textes(&[
            "Bail ancien reconduit depuis la réforme : « 2 mois » est retenu ; l'autre lecture : 6 semaines.",
        ]),
        champs: vec![
            Champ::nouveau("depuis", "Commandement signifié le", Genre::Date)
                .obligatoire()
                .rempli("2026-01-15"),
            Champ::nouveau("date_bail", "Bail signé le", Genre::Date).rempli("2024-09-01"),
            Champ::nouveau(
                "bail_reconduit",
                "Bail reconduit",
                Genre::Choix(Choix::liste(
                    &[("2_mois", "2 mois (retenue)"), ("6_semaines", "6 semaines")],
                    "2_mois",
                )),
            ),
        ],
        erreur: String::new(),
        resultat: Some(Resultat {
            principal: s("Jeudi 26 février 2026"),
            lignes: paires(&[
                ("Date brute", "26/02/2026"),
                ("Date prorogée", "26/02/2026"),
                ("Premier jour possible", "27/02/2026"),
                ("Valeur", "6 semaines"),
            ]),
            motifs: textes(&[
                "Le jour de l'acte ne compte pas (CPC, art. 641).",
                "42 jours après le 15 janvier 2026 : 26 février 2026.",
            ]),
        }),
    }
}

fn comptes() -> PageComptes {
    let compte = |nom: &str, identifiant: &str, role: Role, organisme: &str, actif| LigneCompte {
        id: s("1"),
        nom: s(nom),
        identifiant: s(identifiant),
        role: s(role.libelle()),
        organisme: s(organisme),
        etat: if actif {
            Badge::nouveau(Ton::Succes, "Actif")
        } else {
            Badge::nouveau(Ton::Neutre, "Désactivé")
        },
        actif,
        soi: false,
    };
    let roles: Vec<(&str, &str)> = Role::TOUS.iter().map(|r| (r.code(), r.libelle())).collect();
    PageComptes {
        cadre: cadre(Role::Administrateur, Section::Comptes, "Comptes"),
        compte: s("3 comptes"),
        comptes: vec![
            compte(
                "WALLART Odile",
                "owallart",
                Role::SecretariatSousCommission,
                "Sous-préfecture d'Arras",
                true,
            ),
            compte(
                "HAUDIQUET Bruno",
                "bhaudiquet",
                Role::OrganismePayeur,
                "Caf du Pas-de-Calais",
                true,
            ),
            compte(
                "DELATTRE Inès",
                "idelattre",
                Role::CommissaireDeJustice,
                "SCP Delattre Vasseur",
                false,
            ),
        ],
        champs: vec![
            Champ::nouveau("nom", "Nom et prénom", Genre::Texte)
                .obligatoire()
                .aide("NOM en capitales, puis prénom."),
            Champ::nouveau("identifiant", "Identifiant", Genre::Texte).obligatoire(),
            Champ::nouveau("organisme", "Organisme", Genre::Texte).obligatoire(),
            Champ::nouveau("role", "Mission", Genre::Choix(Choix::liste(&roles, ""))).obligatoire(),
        ],
        erreur: String::new(),
        remis: Some(Remis {
            titre: s("Compte créé"),
            identifiant: s("idelattre"),
            secret: s("merlan-coffre-tilleul-72"),
        }),
    }
}

/// Toutes les pages, rendues, avec le nom de leur adresse.
pub(crate) fn pages() -> Vec<(&'static str, String)> {
    let vide = PageDossiers {
        dossiers: vec![],
        vide: Vide::nouveau(
            "Aucun dossier ne correspond",
            "Un filtre est peut-être de trop, ou le nom s'écrit autrement.",
        )
        .avec("Effacer les filtres", "/dossiers"),
        ..dossiers()
    };
    let connexion = PageConnexion {
        cadre: Cadre {
            environnement: s("Démonstration"),
            ..Cadre::public(Section::Aucune, "Se connecter")
        },
        erreur: s("Identifiant ou mot de passe inconnu. Vérifiez les majuscules, puis réessayez."),
        identifiant: s("owallart"),
        suite: s("/"),
    };
    let erreur = PageErreur {
        cadre: secretariat(Section::Aucune, "Cette page n'existe pas"),
        code: 404,
        explication: s(
            "L'adresse est incomplète, ou le dossier n'est pas dans votre périmètre. Vérifiez la référence, ou demandez au secrétariat.",
        ),
        actions: vec![
            Lien::nouveau("Chercher un dossier", "/dossiers"),
            Lien::nouveau("Revenir à l'accueil", "/"),
        ],
    };
    let mut echeance = PageEcheances {
        cadre: secretariat(Section::Echeances, "Échéances"),
        chapo: s("Chaque dossier ouvert a une prochaine étape datée. En retard d'abord."),
        onglets: onglets(
            "Échéances par période",
            &[("En retard", "2"), ("Cette semaine", "18"), ("Plus tard", "431")],
        ),
        compte: s("20 échéances"),
        echeances: echeances(),
        vide: Vide::nouveau("Rien en retard", ""),
        pagination: Pagination::default(),
    };
    echeance.cadre = echeance.cadre.dire(
        Alerte::nouvelle(
            Ton::Succes,
            "12 lettres notées comme envoyées",
            "Elles sont dans l'onglet Partis.",
        )
        .avec("Annuler", "#"),
    );
    let rendues = [
        ("connexion", connexion.render()),
        ("erreur", erreur.render()),
        ("accueil", accueil().render()),
        ("depot", depot().render()),
        ("piece", piece().render()),
        ("correspondance", correspondance().render()),
        ("saisie", saisie().render()),
        ("dossiers", dossiers().render()),
        ("dossiers-vide", vide.render()),
        ("dossier", dossier().render()),
        ("completer", completer().render()),
        ("notice", notice().render()),
        ("rapprochements", rapprochements().render()),
        ("courriers", courriers().render()),
        ("messages", messages().render()),
        ("echeances", echeance.render()),
        ("regles", regles().render()),
        ("regle", regle().render()),
        ("comptes", comptes().render()),
    ];
    rendues.into_iter().map(|(nom, page)| (nom, page.unwrap_or_else(|e| e.to_string()))).collect()
}
