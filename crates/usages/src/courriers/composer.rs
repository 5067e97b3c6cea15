//! Du dossier à la lettre : chaque destinataire ne reçoit que ce que sa structure contient.

mod information; // ce qu'on écrit au ménage à chaque stade

use ccapex::dossier::{Dossier, Suivie};
use ccapex::notice::{Contenu, Identite, Nature};
use ccapex::profil::{Contact, Destinataire, Profil, SousCommission};
use ccapex::signalement::examen::{Contexte, Examen, examiner};
use ccapex::signalement::fin_du_delai::fin_du_delai;
use ccapex::signalement::statut::champ_en_mots;
use ccapex::signalement::suite::une_fois_connu;
use documents::lettre::Lettre;
use documents::lettre::commun::{
    ActeRecu, Adresse, Aide, DateExpliquee, EnTete, Guichet, Moment, Motif, NatureActe, Secretariat,
};
use documents::lettre::demande_complement::{DemandeComplement, Manque, NoticeACompleter};
use documents::lettre::hors_champ_commissaire::{HorsChampCommissaire, MotifHorsChamp};
use documents::lettre::ineligibilite_commissaire::{IneligibiliteCommissaire, Montant, Notice};
use documents::lettre::intervention_bailleur::{DemandeAuBailleur, InterventionBailleur};
use documents::lettre::intervention_ccas::InterventionCcas;
use documents::lettre::intervention_locataire::{DemandeAuLocataire, InterventionLocataire};
use documents::lettre::intervention_maire::{DemandeCommune, InterventionMaire};
use documents::lettre::relance::{Rappel, Relance};
use documents::lettre::sensibilisation_locataire::SensibilisationLocataire;
use droit::delai::Report;
use droit::jour::Jour;
use droit::regles::quitter_les_lieux::{NonNotifie, fin_du_delai as fin_du_delai_cql};
use jiff::civil::Date;
use territoire::Commune;

use crate::vue::adresse_affichee;

/// Ce dont une lettre parle.
pub(crate) struct Sujet<'a> {
    pub(crate) profil: &'a Profil,
    pub(crate) reference: &'a str,
    pub(crate) service: &'a str,
    pub(crate) dossier: &'a Dossier,
    pub(crate) notice: &'a Suivie,
    pub(crate) identite: &'a Identite,
    /// Le jour de la lettre : celui où elle a été préparée.
    pub(crate) le: Date,
}

/// Compose la lettre d'un modèle ; rien pour un modèle inconnu.
pub(crate) fn composer(sujet: &Sujet<'_>, modele: &str) -> Option<Lettre> {
    Some(match modele {
        "intervention_bailleur" => Lettre::InterventionBailleur(sujet.au_bailleur()),
        "intervention_locataire" => Lettre::InterventionLocataire(sujet.au_locataire()),
        "intervention_maire" => Lettre::InterventionMaire(sujet.au_maire()),
        "intervention_ccas" => Lettre::InterventionCcas(sujet.au_ccas()),
        "ineligibilite_commissaire" => Lettre::IneligibiliteCommissaire(sujet.ineligibilite()),
        "hors_champ_commissaire" => Lettre::HorsChampCommissaire(sujet.hors_champ()),
        "demande_complement" => Lettre::DemandeComplement(sujet.complement()),
        "sensibilisation_locataire" => Lettre::SensibilisationLocataire(sujet.sensibilisation()),
        "relance_bailleur" => {
            sujet.relance("intervention_bailleur", Rappel::Bailleur(sujet.au_bailleur()))
        }
        "relance_locataire" => {
            sujet.relance("intervention_locataire", Rappel::Locataire(sujet.au_locataire()))
        }
        "relance_maire" => sujet.relance("intervention_maire", Rappel::Maire(sujet.au_maire())),
        "relance_ccas" => sujet.relance("intervention_ccas", Rappel::Ccas(sujet.au_ccas())),
        "relance_complement" => {
            sujet.relance("demande_complement", Rappel::Expediteur(sujet.complement()))
        }
        _ => return sujet.information(modele.strip_prefix("information_")?),
    })
}

impl Sujet<'_> {
    fn contenu(&self) -> &Contenu {
        &self.notice.contenu
    }

    fn commune(&self) -> Option<&'static Commune> {
        self.contenu().commune.as_deref().and_then(territoire::commune)
    }

    fn entete(&self, destinataire: Vec<String>) -> EnTete {
        entete(self.profil, self.commune(), self.reference, destinataire, self.le)
    }

    fn logement(&self) -> String {
        adresse_affichee(self.identite, self.contenu().commune.as_deref().unwrap_or_default())
    }

    fn menage(&self) -> String {
        self.identite.nom_affiche()
    }

    fn acte(&self) -> ActeRecu {
        ActeRecu {
            nature: match self.notice.nature {
                Nature::Cdp => NatureActe::CommandementDePayer,
                Nature::Assignation => NatureActe::Assignation,
                Nature::Cql => NatureActe::CommandementDeQuitterLesLieux,
                Nature::SaisineBailleur
                | Nature::Decision
                | Nature::RequisitionCfp
                | Nature::SignalementImpaye
                | Nature::Alerte => NatureActe::Signalement,
            },
            date: Jour(self.contenu().date.unwrap_or(self.notice.recue_le)).to_string(),
        }
    }

    fn reponse_avant(&self) -> DateExpliquee {
        reponse_avant(self.profil, self.le)
    }

    fn aide(&self) -> Aide {
        aide(self.profil)
    }

    /// Le jour qui compte pour le locataire, et comment on l'obtient.
    fn echeance(&self) -> Option<DateExpliquee> {
        let explique = |jour: Date, explication: Vec<String>| {
            DateExpliquee { jour: Jour(jour).to_string(), explication, moment: Moment::AVenir }
                .lue_le(jour, self.le)
        };
        match self.notice.nature {
            Nature::Cdp => {
                let fin = fin_du_delai(Nature::Cdp, self.contenu()).ok()?;
                let motifs = fin.motifs.iter().map(dit_au_menage).collect();
                Some(explique(fin.valeur.retenue, motifs))
            }
            Nature::Assignation => {
                let audience = self.contenu().date_audience?;
                Some(explique(
                    audience,
                    vec!["date portée sur l’assignation que vous avez reçue".to_owned()],
                ))
            }
            Nature::Cql => {
                let date = self.contenu().date?;
                let territoire = droit::calendrier::Territoire::de_commune(
                    self.contenu().commune.as_deref().unwrap_or_default(),
                );
                let notifie_le = self.contenu().date_notification_prefet;
                let fin = fin_du_delai_cql(
                    date,
                    notifie_le,
                    NonNotifie::Suspend,
                    Report::Aucun,
                    territoire,
                )
                .ok()?;
                Some(explique(fin.valeur.brute, fin.motifs.iter().map(dit_au_menage).collect()))
            }
            Nature::SaisineBailleur
            | Nature::Decision
            | Nature::RequisitionCfp
            | Nature::SignalementImpaye
            | Nature::Alerte => None,
        }
    }

    fn au_bailleur(&self) -> InterventionBailleur {
        let i = self.identite;
        InterventionBailleur {
            entete: self.entete(lignes([
                nom_ou(&i.bailleur_nom, "Bailleur du logement"),
                i.bailleur_adresse.clone(),
            ])),
            logement: self.logement(),
            locataire: self.menage(),
            acte: self.acte(),
            demandes: DemandeAuBailleur::USUELLES.to_vec(),
            reponse_avant: self.reponse_avant(),
            adil: self.aide().adil,
        }
    }

    fn au_locataire(&self) -> InterventionLocataire {
        let service = self.profil.service(self.service);
        InterventionLocataire {
            entete: self.entete(self.chez_le_locataire()),
            acte: self.acte(),
            echeance: self.echeance(),
            service: Guichet {
                nom: service
                    .map_or_else(|| "Secrétariat de la commission".to_owned(), |s| s.nom.clone()),
                joindre: service.and_then(|s| s.courriel.clone()),
            },
            demandes: DemandeAuLocataire::USUELLES.to_vec(),
            reponse_avant: self.reponse_avant(),
            aide: self.aide(),
        }
    }

    fn chez_le_locataire(&self) -> Vec<String> {
        let ville = self.ville();
        lignes([nom_ou(&self.menage(), "Le locataire"), self.identite.adresse.clone(), ville])
    }

    fn ville(&self) -> String {
        let nom =
            self.commune().map_or_else(|| self.identite.commune.clone(), |c| c.nom.to_uppercase());
        let code = if self.identite.code_postal.is_empty() {
            self.commune()
                .and_then(|c| c.codes_postaux.first())
                .map_or_else(String::new, |c| (*c).to_owned())
        } else {
            self.identite.code_postal.clone()
        };
        format!("{code} {nom}").trim().to_owned()
    }

    fn a_la_commune(&self, qui: Destinataire) -> Vec<String> {
        let contact = self.commune().and_then(|c| self.profil.contact_de_commune(c, qui));
        let nom_de_commune =
            self.commune().map_or_else(|| self.identite.commune.clone(), |c| c.nom.to_owned());
        let nom = contact.and_then(|c| c.nom.clone()).unwrap_or_else(|| match qui {
            Destinataire::Mairie => format!("Mairie de {nom_de_commune}, à l’attention du maire"),
            Destinataire::Ccas => format!("Centre communal d’action sociale de {nom_de_commune}"),
        });
        match contact.and_then(|c| c.adresse.clone()) {
            Some(adresse) => lignes([nom, adresse, String::new()]),
            None => lignes([nom, self.ville(), String::new()]),
        }
    }

    fn au_maire(&self) -> InterventionMaire {
        InterventionMaire {
            entete: self.entete(self.a_la_commune(Destinataire::Mairie)),
            menage: self.menage(),
            logement: self.logement(),
            demandes: DemandeCommune::DE_LA_MAIRIE.to_vec(),
            reponse_avant: self.reponse_avant(),
            aide: self.aide(),
        }
    }

    fn au_ccas(&self) -> InterventionCcas {
        InterventionCcas {
            entete: self.entete(self.a_la_commune(Destinataire::Ccas)),
            menage: self.menage(),
            logement: self.logement(),
            demandes: DemandeCommune::DU_CCAS.to_vec(),
            reponse_avant: self.reponse_avant(),
            aide: self.aide(),
        }
    }

    fn a_l_emetteur(&self) -> EnTete {
        let nom = nom_ou(&self.identite.emetteur, &self.notice.emetteur);
        self.entete(vec![nom])
    }

    /// La notice telle que son émetteur l'a écrite : rien d'autre ne lui est rappelé.
    fn sa_notice(&self) -> Notice {
        Notice {
            reference: self.notice.reference.clone().unwrap_or_else(|| "sans référence".to_owned()),
            date_acte: Jour(self.contenu().date.unwrap_or(self.notice.recue_le)).to_string(),
            locataire: self.menage(),
        }
    }

    fn ineligibilite(&self) -> IneligibiliteCommissaire {
        let contenu = self.contenu();
        let montant = |libelle: &str, valeur: Option<String>| {
            valeur.map(|valeur| Montant { libelle: libelle.to_owned(), valeur })
        };
        let montants = [
            montant(
                "Loyer mensuel hors charges",
                contenu.loyer_hors_charges.map(|m| m.to_string()),
            ),
            montant("Dette déclarée", contenu.montant_dette.map(|m| m.to_string())),
            montant("Impayé depuis le", contenu.impaye_depuis.map(|d| Jour(d).to_string())),
        ];
        IneligibiliteCommissaire {
            entete: self.a_l_emetteur(),
            notice: self.sa_notice(),
            montants: montants.into_iter().flatten().collect(),
            calcul: self.calcul(),
        }
    }

    /// Les seuils de l'acte, essayés un par un.
    fn calcul(&self) -> Vec<Motif> {
        let (Some(commune), Some(signifie_le)) = (self.commune(), self.contenu().date) else {
            return Vec::new();
        };
        let Ok(seuils) = self.profil.seuils(signifie_le, commune) else { return Vec::new() };
        let arriere = droit::regles::signalement::Arriere {
            impaye_depuis: self.contenu().impaye_depuis,
            signifie_le,
            dette: self.contenu().montant_dette,
            loyer_hors_charges: self.contenu().loyer_hors_charges,
        };
        droit::regles::signalement::eligibilite(&arriere, &seuils)
            .motifs
            .into_iter()
            .map(|m| Motif { constat: m.constat, texte: m.source.to_string() })
            .collect()
    }

    fn hors_champ(&self) -> HorsChampCommissaire {
        HorsChampCommissaire {
            entete: self.a_l_emetteur(),
            notice: self.sa_notice(),
            motif: match self.notice.motif.as_deref() {
                Some("proprietaire_occupant") => MotifHorsChamp::ProprietaireOccupant,
                Some("hors_impaye") => MotifHorsChamp::HorsImpaye,
                Some("hors_departement") => MotifHorsChamp::HorsDepartement {
                    commune: self.commune().map_or_else(String::new, |c| c.nom.to_owned()),
                },
                _ => MotifHorsChamp::BailleurPersonneMorale,
            },
        }
    }

    fn complement(&self) -> DemandeComplement {
        let (nature, contenu, le) = (self.notice.nature, self.contenu(), self.notice.jugee_le);
        let nomme = !self.identite.nom.trim().is_empty();
        let examen = examiner(nature, contenu, nomme, self.profil, le, Contexte::default());
        let suite = une_fois_connu(&examen, nature, contenu, self.profil, le);
        demande(
            self.profil,
            &ADemander {
                reference: self.notice.reference.clone().unwrap_or_default(),
                emetteur: nom_ou(&self.identite.emetteur, &self.notice.emetteur),
                dossier: self.reference.to_owned(),
                commune: self.contenu().commune.clone(),
                date_acte: self.contenu().date,
                locataire: self.menage(),
                examen: &examen,
                suite: suite.as_ref(),
            },
            self.le,
        )
    }

    fn sensibilisation(&self) -> SensibilisationLocataire {
        SensibilisationLocataire {
            entete: self.entete(self.chez_le_locataire()),
            commandement_du: Jour(self.contenu().date.unwrap_or(self.notice.recue_le)).to_string(),
            echeance: self.echeance(),
            aide: self.aide(),
        }
    }

    fn relance(&self, modele: &str, rappel: Rappel) -> Lettre {
        let premiere = self.dossier.lettres.get(&(self.notice.notice, modele.to_owned()));
        let le = premiere.map_or(self.notice.recue_le, |lettre| lettre.le);
        Lettre::Relance(Relance { premiere_lettre_du: Jour(le).to_string(), rappel })
    }
}

/// Ce qu'il faut pour demander un complément, dossier ouvert ou non.
pub(crate) struct ADemander<'a> {
    pub(crate) reference: String,
    pub(crate) emetteur: String,
    pub(crate) dossier: String,
    pub(crate) commune: Option<String>,
    pub(crate) date_acte: Option<Date>,
    pub(crate) locataire: String,
    pub(crate) examen: &'a Examen,
    /// L'examen qui suivra, une fois l'essentiel connu.
    pub(crate) suite: Option<&'a Examen>,
}

/// La demande de complément, pour une notice qui n'a peut-être pas de dossier.
pub(crate) fn demande_de_complement(profil: &Profil, demande_: &ADemander<'_>, le: Date) -> Lettre {
    Lettre::DemandeComplement(demande(profil, demande_, le))
}

fn demande(profil: &Profil, a_demander: &ADemander<'_>, le: Date) -> DemandeComplement {
    let commune = a_demander.commune.as_deref().and_then(territoire::commune);
    let reference =
        if a_demander.reference.is_empty() { "sans référence" } else { &a_demander.reference };
    DemandeComplement {
        entete: entete(profil, commune, &a_demander.dossier, vec![a_demander.emetteur.clone()], le),
        notices: vec![NoticeACompleter {
            reference: reference.to_owned(),
            date_acte: a_demander.date_acte.map(|d| Jour(d).to_string()),
            locataire: (!a_demander.locataire.is_empty()).then(|| a_demander.locataire.clone()),
            manques: manques(a_demander.examen)
                .into_iter()
                .chain(ensuite(a_demander.examen, a_demander.suite).map(|champ| Manque {
                    quoi: champ_en_mots(champ).to_owned(),
                    pourquoi: ENSUITE.to_owned(),
                }))
                .collect(),
        }],
        reponse_avant: reponse_avant(profil, le),
    }
}

/// Pourquoi une lettre, une page demandent déjà ce qui ne bloque pas encore.
pub(crate) const ENSUITE: &str =
    "cette réponse sera demandée ensuite : donnez-la dès maintenant si vous l’avez";

/// Les champs qui seront demandés une fois l'essentiel connu, et ne le sont pas encore.
pub(crate) fn ensuite<'a>(
    examen: &'a Examen,
    suite: Option<&'a Examen>,
) -> impl Iterator<Item = &'static str> + 'a {
    let champs = suite.into_iter().flat_map(|suite| suite.a_completer.iter().copied());
    champs.filter(|champ| !examen.a_completer.contains(champ))
}

/// Ce qui manque et pourquoi : la raison de l'examen quand elle en parle, sinon ce que le champ décide.
pub(crate) fn manques(examen: &Examen) -> Vec<Manque> {
    examen
        .a_completer
        .iter()
        .enumerate()
        .map(|(rang, champ)| Manque {
            quoi: champ_en_mots(champ).to_owned(),
            pourquoi: match (rang, *champ) {
                (_, "date_bail") => {
                    "elle décide du délai laissé au locataire : deux mois, ou six semaines"
                        .to_owned()
                }
                (_, "nombre_enfants" | "aide_logement") => {
                    "elle décide du service social compétent".to_owned()
                }
                (_, "regime") => {
                    "les délais de la loi du 6 juillet 1989 n’y sont pas applicables d’office"
                        .to_owned()
                }
                (rang, champ) => {
                    let raison = match dit_d_un_seuil(champ) {
                        // L'autre seuil, éprouvé, a aussi sa ligne : celle-ci n'est pas à son rang.
                        Some(dit) => examen.explication.iter().find(|raison| raison.contains(dit)),
                        None => examen.explication.get(rang),
                    }
                    .map(String::as_str);
                    // La raison redit souvent le champ : la lettre le nomme déjà.
                    let prefixe = format!("{} : ", champ_en_mots(champ));
                    raison.map(|r| r.strip_prefix(&prefixe).unwrap_or(r)).map_or_else(
                        || "sans elle, la notice ne peut pas être traitée".to_owned(),
                        str::to_owned,
                    )
                }
            },
        })
        .collect()
}

/// Un motif et son texte. « À vérifier » n'aide pas un ménage : la réserve lui dit quoi faire.
fn dit_au_menage(motif: &droit::conclusion::Motif) -> String {
    let reserve = if motif.source.certitude.est_a_verifier() {
        " ; ce point se discute, n’attendez pas le dernier jour"
    } else {
        ""
    };
    format!("{} ({}{reserve})", motif.constat, motif.source)
}

/// Ce que dit un seuil qui n'a pas pu être éprouvé, faute de ce champ.
fn dit_d_un_seuil(champ: &str) -> Option<&'static str> {
    match champ {
        "impaye_depuis" => Some("ancienneté de l'impayé inconnue"),
        "montant_dette" => Some("dette inconnue"),
        "loyer_hors_charges" => Some("loyer hors charges inconnu"),
        _ => None,
    }
}

fn entete(
    profil: &Profil,
    commune: Option<&Commune>,
    reference: &str,
    destinataire: Vec<String>,
    le: Date,
) -> EnTete {
    let sous_commission = commune.and_then(|c| profil.sous_commission(c));
    EnTete {
        expediteur: secretariat(profil, sous_commission),
        destinataire: Adresse { lignes: destinataire },
        lieu: sous_commission.map_or_else(|| profil.nom.clone(), lieu),
        date: le,
        reference_dossier: reference.to_owned(),
    }
}

/// La ville du secrétariat : le chef-lieu de l'arrondissement, ou le département.
fn lieu(sous_commission: &SousCommission) -> String {
    let nom = &sous_commission.nom;
    ["d'", "de ", "d’"]
        .iter()
        .filter_map(|article| {
            nom.rfind(article).map(|place| nom[place + article.len()..].to_owned())
        })
        .min_by_key(String::len)
        .unwrap_or_else(|| nom.clone())
}

fn secretariat(profil: &Profil, sous_commission: Option<&SousCommission>) -> Secretariat {
    Secretariat {
        nom: "Commission de coordination des actions de prévention des expulsions locatives"
            .to_owned(),
        sous_commission: sous_commission.map_or_else(|| profil.nom.clone(), |s| s.nom.clone()),
        adresse: sous_commission.and_then(|s| s.adresse.clone()).into_iter().collect(),
        courriel: sous_commission.and_then(|s| s.courriel.clone()).unwrap_or_default(),
        telephone: sous_commission.and_then(|s| s.telephone.clone()),
        suivi_par: None,
    }
}

/// Le dernier jour pour répondre à un envoi de ce jour, selon le profil.
pub(crate) fn attendue_avant(profil: &Profil, le: Date) -> Date {
    let territoire = droit::calendrier::Territoire::Metropole;
    profil.delai("relancer").valeur.echeance(le, Report::Aucun, &territoire).brute
}

fn reponse_avant(profil: &Profil, le: Date) -> DateExpliquee {
    let delai = profil.delai("relancer");
    let jour = attendue_avant(profil, le);
    DateExpliquee {
        jour: Jour(jour).to_string(),
        explication: vec![format!(
            "{} après la date de cette lettre, délai fixé par la commission",
            delai.valeur
        )],
        moment: Moment::AVenir,
    }
}

fn aide(profil: &Profil) -> Aide {
    let guichet = |code: &str, defaut: &str| {
        profil.contact(code).map_or_else(
            || Guichet { nom: defaut.to_owned(), joindre: None },
            |contact| Guichet { nom: contact.nom.clone(), joindre: joindre(contact) },
        )
    };
    Aide {
        adil: guichet("adil", "Agence départementale d’information sur le logement (ADIL)"),
        fsl: guichet("fsl", "Fonds de solidarité pour le logement (FSL)"),
        service_social: guichet("service_social", "Service social de votre secteur"),
        autres: Vec::new(),
    }
}

fn joindre(contact: &Contact) -> Option<String> {
    let moyens: Vec<&str> =
        [&contact.telephone, &contact.courriel, &contact.adresse, &contact.site]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect();
    (!moyens.is_empty()).then(|| moyens.join(", "))
}

fn nom_ou(nom: &str, defaut: &str) -> String {
    if nom.trim().is_empty() { defaut.to_owned() } else { nom.trim().to_owned() }
}

/// Les lignes d'une adresse : une virgule y sépare deux lignes devant un code postal.
fn lignes<const N: usize>(parties: [String; N]) -> Vec<String> {
    let mut lignes = Vec::new();
    for partie in parties {
        let coupe = partie.rfind(", ").filter(|place| {
            partie[place + 2..].chars().take(5).filter(char::is_ascii_digit).count() == 5
        });
        match coupe {
            Some(place) => {
                lignes.extend([partie[..place].to_owned(), partie[place + 2..].to_owned()])
            }
            None => lignes.push(partie),
        }
    }
    lignes.retain(|ligne| !ligne.trim().is_empty());
    lignes
}
