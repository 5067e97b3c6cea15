//! Les imprimés d'un dossier : sa chronologie, et les décisions préparées pour qui les signe.
//!
//! Le programme réunit et compte. Le sens et la motivation d'une décision viennent d'une personne.

use std::sync::Arc;

use ccapex::acte::gabarit::{CONCLUSIONS, gabarit};
use ccapex::cours::Cours;
use ccapex::cours::frise::{Frise, Sorte as SorteDeJalon, frise};
use ccapex::cours::horloge::Horloge;
use ccapex::dossier::Dossier;
use ccapex::notice::Identite;
use ccapex::partenaires::agent::Agent;
use ccapex::partenaires::habilitation::{Portee, Refus};
use ccapex::profil::Profil;
use documents::composition::imprimer;
use documents::imprime::chronologie::{Chronologie, Jalon, Sorte, Suspension};
use documents::imprime::decision_aide::{self, DecisionAide};
use documents::imprime::decision_cfp::{self, Constat, Controle, DecisionCfp, Piece};
use documents::imprime::{Imprime, Tete};
use documents::modeles::Modeles;
use droit::jour::Jour;
use droit::regles::aide::effet_de_la_suspension;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::courriers::pdf::Pdf;
use crate::dossiers::charger::{Lu, par_reference};
use crate::echec::Echec;
use crate::maison::Maison;
use crate::vue::adresse_affichee;

/// Une décision sur le concours de la force publique, telle qu'une personne la prépare.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreparationCfp {
    /// Accorder, et non refuser.
    pub accord: bool,
    /// Le jour où l'accord prend effet.
    pub a_compter_du: Option<Date>,
    /// Ce qui la motive. Exigé.
    pub motivation: String,
}

/// Une décision de la commission sur l'aide au logement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreparationAide {
    /// Suspendre, et non maintenir.
    pub suspension: bool,
    /// Le jour de la décision.
    pub decidee_le: Date,
    /// Le jour où l'organisme payeur l'a reçue.
    pub notifiee_le: Option<Date>,
    /// L'organisme payeur.
    pub organisme: String,
    /// Ce qui la motive. Exigé.
    pub motivation: String,
}

/// Un dossier qu'un imprimé raconte.
struct Sujet {
    lu: Lu,
    profil: Arc<Profil>,
    dossier: Dossier,
    identite: Identite,
    aujourd_hui: Date,
}

/// La chronologie d'un dossier, à glisser dans une chemise.
///
/// # Erreurs
///
/// [`Echec::Habilitation`] hors du périmètre ; [`Echec::Lettre`] si le modèle ne se compose pas.
pub async fn chronologie(
    maison: &Maison,
    agent: &Agent,
    reference: &str,
    aujourd_hui: Date,
    maintenant: Timestamp,
) -> Result<Pdf, Echec> {
    let sujet = sujet(maison, agent, reference, aujourd_hui, maintenant).await?;
    let imprime = Imprime::Chronologie(sujet.chronologie());
    sujet.imprimer(maison, imprime, "chronologie").await
}

/// La décision sur le concours de la force publique, à signer par le préfet.
///
/// # Erreurs
///
/// [`Echec::Refus`] sans motivation ; sinon comme [`chronologie`].
pub async fn decision_cfp(
    maison: &Maison,
    agent: &Agent,
    reference: &str,
    preparation: &PreparationCfp,
    aujourd_hui: Date,
    maintenant: Timestamp,
) -> Result<Pdf, Echec> {
    exiger_une_motivation(&preparation.motivation)?;
    let sujet = sujet(maison, agent, reference, aujourd_hui, maintenant).await?;
    let imprime = Imprime::DecisionCfp(sujet.decision_cfp(preparation));
    sujet.imprimer(maison, imprime, "concours").await
}

/// La décision de la commission sur l'aide au logement, à signer puis à notifier.
///
/// # Erreurs
///
/// [`Echec::Refus`] sans motivation, ou avant le 1er janvier 2027 ; sinon comme [`chronologie`].
pub async fn decision_aide(
    maison: &Maison,
    agent: &Agent,
    reference: &str,
    preparation: &PreparationAide,
    aujourd_hui: Date,
    maintenant: Timestamp,
) -> Result<Pdf, Echec> {
    exiger_une_motivation(&preparation.motivation)?;
    // La règle dit elle-même depuis quand elle existe.
    if effet_de_la_suspension(preparation.decidee_le).is_err() {
        return Err(Echec::Refus(
            "La commission ne décide pas encore de l'aide au logement ce jour-là : le décret n° 2026-84 s'applique depuis le 1er janvier 2027. Vérifiez la date de la décision."
                .to_owned(),
        ));
    }
    let sujet = sujet(maison, agent, reference, aujourd_hui, maintenant).await?;
    let imprime = Imprime::DecisionAide(sujet.decision_aide(preparation));
    sujet.imprimer(maison, imprime, "aide").await
}

fn exiger_une_motivation(motivation: &str) -> Result<(), Echec> {
    if motivation.trim().is_empty() {
        return Err(Echec::Refus(
            "Il manque la motivation : la loi veut qu'une décision défavorable soit motivée (code des relations entre le public et l'administration, art. L. 211-2). Écrivez-la, puis recommencez."
                .to_owned(),
        ));
    }
    Ok(())
}

async fn sujet(
    maison: &Maison,
    agent: &Agent,
    reference: &str,
    aujourd_hui: Date,
    maintenant: Timestamp,
) -> Result<Sujet, Echec> {
    let lu = par_reference(maison, agent, reference).await?;
    if lu.lecture.portee() != Portee::Entier {
        return Err(Refus::Introuvable.into());
    }
    maison.stockage.noter_lecture(&lu.lecture, maintenant).await?;
    let profil = maison.profil(&lu.vue.profil)?;
    let dossier = lu.charge.dossier();
    let identite = dossier.nommante().map(|n| lu.charge.identite(n)).unwrap_or_default();
    Ok(Sujet { lu, profil, dossier, identite, aujourd_hui })
}

impl Sujet {
    async fn imprimer(&self, maison: &Maison, imprime: Imprime, quoi: &str) -> Result<Pdf, Echec> {
        let modeles = maison.modeles(&self.lu.vue.profil)?;
        imprimer_hors_du_fil(modeles, imprime, format!("{}-{quoi}.pdf", self.lu.vue.reference))
            .await
    }

    fn tete(&self) -> Tete {
        let sous_commission = territoire::commune(&self.lu.vue.commune)
            .and_then(|commune| self.profil.sous_commission(commune))
            .map_or_else(|| self.profil.nom.clone(), |s| s.nom.clone());
        Tete {
            emetteur: vec![
                "Commission de coordination des actions de prévention des expulsions locatives"
                    .to_owned(),
                sous_commission,
            ],
            reference: self.lu.vue.reference.clone(),
            date: self.aujourd_hui,
        }
    }

    fn logement(&self) -> String {
        adresse_affichee(&self.identite, &self.lu.vue.commune)
    }

    fn cours<'a>(&'a self, horloge: &Horloge) -> Cours<'a> {
        Cours::de(&self.dossier, self.profil.tentatives_avant_sans_nouvelles(), horloge)
    }

    fn frise(&self) -> (Frise, String) {
        let horloge = Horloge::au(self.aujourd_hui);
        let cours = self.cours(&horloge);
        let frise = frise(&self.dossier, &cours, &self.profil, &self.lu.vue.commune, &horloge);
        (frise, cours.stade.libelle().to_owned())
    }

    fn chronologie(&self) -> Chronologie {
        let (frise, stade) = self.frise();
        let pendant = |jour: Date| {
            frise
                .suspensions
                .iter()
                .filter(|s| s.du <= jour && s.au.is_none_or(|au| jour <= au))
                .map(|s| s.quoi.libelle().to_owned())
                .collect()
        };
        Chronologie {
            tete: self.tete(),
            menage: self.identite.nom_affiche(),
            logement: self.logement(),
            stade,
            jalons: frise
                .jalons
                .iter()
                .map(|jalon| Jalon {
                    jour: Jour(jalon.jour).to_string(),
                    titre: jalon.titre.clone(),
                    sorte: match jalon.sorte {
                        SorteDeJalon::Passe => Sorte::Passe,
                        SorteDeJalon::Calcule => Sorte::Calcule,
                        SorteDeJalon::Annonce => Sorte::Annonce,
                    },
                    motifs: jalon.motifs.clone(),
                    anomalies: jalon.anomalies.iter().map(|a| a.motif.clone()).collect(),
                    pendant: pendant(jalon.jour),
                })
                .collect(),
            suspensions: frise
                .suspensions
                .iter()
                .map(|s| Suspension {
                    quoi: s.quoi.libelle().to_owned(),
                    du: Jour(s.du).to_string(),
                    au: s.au.map_or_else(|| "non connu".to_owned(), |au| Jour(au).to_string()),
                    motif: s.motif.clone(),
                })
                .collect(),
        }
    }

    fn decision_cfp(&self, preparation: &PreparationCfp) -> DecisionCfp {
        let horloge = Horloge::au(self.aujourd_hui);
        let cours = self.cours(&horloge);
        let (frise, _) = self.frise();
        DecisionCfp {
            tete: self.tete(),
            autorite: if self.profil.code == "75" { "Le préfet de police" } else { "Le préfet" }
                .to_owned(),
            menage: self.identite.nom_affiche(),
            logement: self.logement(),
            bailleur: self.identite.bailleur_nom.clone(),
            sens: if preparation.accord {
                decision_cfp::Sens::Accord {
                    a_compter_du: preparation.a_compter_du.map(|le| Jour(le).to_string()),
                }
            } else {
                decision_cfp::Sens::Refus
            },
            motivation: preparation.motivation.clone(),
            visas: visas(&cours),
            pieces: pieces(&cours),
            controles: controles(&frise),
        }
    }

    fn decision_aide(&self, preparation: &PreparationAide) -> DecisionAide {
        let effet = preparation.notifiee_le.and_then(|le| {
            let effet = effet_de_la_suspension(le).ok()?;
            Some((Jour(le).to_string(), Jour(effet.valeur).to_string()))
        });
        let sous_commission = territoire::commune(&self.lu.vue.commune)
            .and_then(|commune| self.profil.sous_commission(commune));
        DecisionAide {
            tete: self.tete(),
            organisme: preparation.organisme.clone(),
            menage: self.identite.nom_affiche(),
            logement: self.logement(),
            sens: if preparation.suspension {
                decision_aide::Sens::Suspension { effet }
            } else {
                decision_aide::Sens::Maintien
            },
            decidee_le: Jour(preparation.decidee_le).to_string(),
            motivation: preparation.motivation.clone(),
            courriel: sous_commission.and_then(|s| s.courriel.clone()).unwrap_or_default(),
        }
    }
}

/// Les actes que la décision vise.
fn visas(cours: &Cours<'_>) -> Vec<String> {
    let procedure = &cours.procedure;
    let jugement = procedure.jugement.map(|j| match procedure.signifie_le {
        Some(le) => {
            format!("la décision de justice du {}, signifiée le {}", Jour(j.le), Jour(le))
        }
        None => format!("la décision de justice du {}", Jour(j.le)),
    });
    let cql = procedure
        .cql
        .map(|c| format!("le commandement de quitter les lieux du {}", Jour(c.signifie_le)));
    let demande = procedure
        .cfp
        .and_then(|c| c.demande_le)
        .map(|le| format!("la demande de concours du {}", Jour(le)));
    [jugement, cql, demande].into_iter().flatten().collect()
}

/// Les pièces de l'instruction, reçues ou non.
fn pieces(cours: &Cours<'_>) -> Vec<Piece> {
    [
        "avis_maire",
        "entretien_derniere_chance",
        "renseignement_police",
        "enquete_sociale",
        "place_siao",
    ]
    .into_iter()
    .map(|acte| {
        let recue = cours.procedure.instruction.iter().rev().find(|(nom, ..)| *nom == acte);
        Piece {
            nom: gabarit(acte).map_or(acte, |g| g.libelle).to_owned(),
            recue_le: recue.map(|(_, le, _)| Jour(*le).to_string()),
            conclusion: recue.and_then(|(.., avis)| avis.as_deref()).map(conclusion),
        }
    })
    .collect()
}

fn conclusion(avis: &str) -> String {
    CONCLUSIONS.iter().find(|(code, _)| *code == avis).map_or(avis, |(_, mots)| mots).to_owned()
}

/// Chaque acte passé, avec ses irrégularités. Un acte sans irrégularité n'est régulier que d'après ce
/// que le dossier en sait.
fn controles(frise: &Frise) -> Vec<Controle> {
    let passes = frise.jalons.iter().filter(|j| j.sorte == SorteDeJalon::Passe);
    let mut controles = Vec::new();
    for jalon in passes {
        let etape = format!("{}, {}", jalon.titre, Jour(jalon.jour));
        if jalon.anomalies.is_empty() {
            controles.push(Controle {
                etape,
                constat: Constat::Regulier,
                pourquoi: "aucune irrégularité d’après les dates du dossier".to_owned(),
            });
            continue;
        }
        controles.extend(jalon.anomalies.iter().map(|anomalie| Controle {
            etape: etape.clone(),
            constat: Constat::Irregulier,
            pourquoi: anomalie.motif.clone(),
        }));
    }
    controles
}

/// Composer prend des millisecondes de processeur : pas sur les fils qui servent les pages.
pub(crate) async fn imprimer_hors_du_fil(
    modeles: Arc<Modeles>,
    imprime: Imprime,
    nom: String,
) -> Result<Pdf, Echec> {
    let octets = tokio::task::spawn_blocking(move || imprimer(&modeles, &imprime))
        .await
        .map_err(|_| {
            Echec::Lettre(
                "L'imprimé n'a pas pu être composé. Réessayez ; si cela recommence, signalez-le."
                    .to_owned(),
            )
        })?
        .map_err(|e| Echec::Lettre(e.to_string()))?
        .octets;
    Ok(Pdf { nom, octets })
}
