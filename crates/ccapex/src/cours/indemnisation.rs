//! La période que l'État doit au bailleur, après un refus du concours de la force publique.

use droit::calendrier::Territoire;
use droit::delai::Delai;
use droit::jour::Jour;
use droit::regles::force_publique::refus_implicite;
use droit::regles::responsabilite::{Issue, RefusDuConcours, debut, fin};
use jiff::civil::Date;

use crate::acte::Quoi;
use crate::acte::codes::{IssueDeCfp, IssueDuMenage};
use crate::cours::Cours;
use crate::cours::fil::{Arrive, points, sans_voie_electronique};
use crate::cours::horloge::Horloge;
use crate::cours::suspensions::{TypeDeSuspension, suspensions};
use crate::dossier::Dossier;
use crate::notice::Nature;

/// La période d'indemnisation d'un bailleur.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Periode {
    /// Le jour où commence la responsabilité de l'État.
    pub du: Date,
    /// Le premier jour indemnisé : le lendemain, quand le refus naît du silence.
    pub premier_jour: Date,
    /// Le jour où elle finit ; rien si elle court encore.
    pub au: Option<Date>,
    /// Pourquoi, dans l'ordre où on le vérifierait.
    pub motifs: Vec<String>,
}

/// La dernière période d'indemnisation ; rien sans refus du concours.
///
/// Une période commencée n'est pas effacée par ce qui la finit : accord exécuté, départ, protocole.
/// Ne chiffre rien.
#[must_use]
pub fn periode(dossier: &Dossier, cours: &Cours<'_>, horloge: &Horloge) -> Option<Periode> {
    let suivi = Suivi::du(dossier, horloge);
    let (refus, ne_le) = suivi.refus?;
    let sursis = suspensions(dossier, cours, horloge)
        .into_iter()
        .filter(|s| {
            matches!(s.quoi, TypeDeSuspension::DelaisPourPartir | TypeDeSuspension::Surendettement)
                && s.du <= ne_le
        })
        .filter_map(|s| s.au)
        .max();
    let commence = debut(refus, sursis).ok()?;
    let mut motifs: Vec<String> = commence.motifs.iter().map(ToString::to_string).collect();
    let au = suivi.fin(&mut motifs, horloge);
    let (du, premier_jour) = (commence.valeur.debut_le, commence.valeur.premier_jour);
    // Accord ou départ pendant le sursis : la responsabilité n'a jamais commencé.
    if au.is_some_and(|au| au < du) {
        return None;
    }
    Some(Periode { du, premier_jour, au, motifs })
}

/// Ce que le dossier dit du concours, au fil des dates.
#[derive(Default)]
struct Suivi {
    demande_le: Option<Date>,
    /// Le refus qui compte, et le jour où il est né.
    refus: Option<(RefusDuConcours, Date)>,
    accorde_le: Option<Date>,
    execute_le: Option<Date>,
    parti_le: Option<(Date, &'static str)>,
    protocole_le: Option<Date>,
    protocole_en_cours: bool,
}

impl Suivi {
    fn du(dossier: &Dossier, horloge: &Horloge) -> Self {
        let mut suivi = Self::default();
        for point in points(dossier, horloge) {
            suivi.silence(point.jour);
            match point.quoi {
                Arrive::Notice(notice) => {
                    let demande = notice.nature == Nature::RequisitionCfp;
                    if demande && !sans_voie_electronique(&notice.contenu, point.jour) {
                        suivi.demande(point.jour);
                    }
                }
                Arrive::Acte(acte) => suivi.acte(&acte.consigne.quoi, point.jour),
            }
        }
        if let Some(silence) = suivi.fin_du_silence()
            && horloge.passe(silence)
        {
            suivi.refuse_par_silence(silence);
        }
        suivi
    }

    fn fin_du_silence(&self) -> Option<Date> {
        let repondu = self.refus.is_some() || self.accorde_le.is_some();
        let demande_le = self.demande_le.filter(|_| !repondu)?;
        refus_implicite(demande_le).ok().map(|fin| fin.valeur.retenue)
    }

    /// Deux mois sans réponse sont passés avant ce jour.
    fn silence(&mut self, jour: Date) {
        if let Some(silence) = self.fin_du_silence().filter(|silence| *silence < jour) {
            self.refuse_par_silence(silence);
        }
    }

    fn refuse_par_silence(&mut self, ne_le: Date) {
        if let Some(demande_le) = self.demande_le {
            self.refuse(RefusDuConcours::Silence { demande_le }, ne_le);
        }
    }

    fn demande(&mut self, jour: Date) {
        let finie = self.accorde_le.is_some() || self.protocole_le.is_some();
        if self.refus.is_none() || finie {
            let (en_cours, parti_le) = (self.protocole_en_cours, self.parti_le);
            *self = Self { protocole_en_cours: en_cours, parti_le, ..Self::default() };
            self.demande_le = Some(jour);
        }
    }

    fn refuse(&mut self, refus: RefusDuConcours, ne_le: Date) {
        // Un protocole suspend la responsabilité : elle ne commence pas sous lui.
        if self.refus.is_none() && !self.protocole_en_cours {
            self.refus = Some((refus, ne_le));
        }
    }

    fn part(&mut self, jour: Date, comment: &'static str) {
        self.parti_le.get_or_insert((jour, comment));
    }

    fn acte(&mut self, quoi: &Quoi, jour: Date) {
        #[expect(clippy::wildcard_enum_match_arm, reason = "les autres actes n'y changent rien")]
        match quoi {
            Quoi::DecisionCfp { issue, .. } => match issue {
                IssueDeCfp::Accord => self.accorde_le = Some(jour),
                IssueDeCfp::Refus => self.refuse(RefusDuConcours::Expres(jour), jour),
                IssueDeCfp::Revocation => {
                    self.accorde_le = None;
                    self.refuse(RefusDuConcours::Expres(jour), jour);
                }
            },
            Quoi::Expulsion { .. } => {
                self.execute_le = Some(jour);
                if self.accorde_le.is_none() {
                    self.part(jour, "expulsion");
                }
            }
            Quoi::Depart {} => self.part(jour, "départ"),
            Quoi::Relogement { .. } => self.part(jour, "relogement"),
            Quoi::Hebergement { .. } => self.part(jour, "hébergement"),
            Quoi::Renonciation {} => self.part(jour, "renonciation"),
            Quoi::NouveauBail { .. } => self.part(jour, "nouveau bail"),
            Quoi::IssueMenage { issue: IssueDuMenage::Deces } => self.part(jour, "décès"),
            Quoi::Pcs { .. } => {
                self.protocole_en_cours = true;
                self.protocole_le.get_or_insert(jour);
            }
            Quoi::PcsDenonce {} => {
                // La demande d'avant le protocole est caduque (décret n° 2025-1052).
                self.protocole_en_cours = false;
                self.demande_le = None;
            }
            Quoi::PcsRespecte {} => self.protocole_en_cours = false,
            _ => {}
        }
    }

    fn fin(&self, motifs: &mut Vec<String>, horloge: &Horloge) -> Option<Date> {
        if let Some(protocole_le) = self.protocole_le {
            let avant_lui = |le: Option<Date>| le.is_none_or(|le| protocole_le < le);
            if avant_lui(self.accorde_le) && avant_lui(self.parti_le.map(|(le, _)| le)) {
                motifs.push(format!(
                    "protocole de cohésion sociale signé le {} : la responsabilité est suspendue, et une nouvelle demande de concours sera nécessaire s'il est dénoncé (décret n° 2025-1052)",
                    Jour(protocole_le)
                ));
                return Some(protocole_le);
            }
        }
        let parti_le = self.parti_le.map(|(le, _)| le);
        let Some(accorde_le) = self.accorde_le else {
            let (le, comment) = self.parti_le?;
            motifs.push(format!("{comment} le {}", Jour(le)));
            return Some(le);
        };
        // Au seizième jour sans exécution, la réponse change.
        horloge.passe(Delai::Jours(15).terme(accorde_le, &Territoire::Metropole));
        let issue = Issue { accorde_le, execute_le: self.execute_le, parti_le };
        match fin(&issue, horloge.aujourd_hui()) {
            Ok(conclusion) => {
                motifs.extend(conclusion.motifs.iter().map(ToString::to_string));
                conclusion.valeur
            }
            Err(sans_version) => {
                motifs.push(sans_version.to_string());
                self.execute_le.into_iter().chain(parti_le).min()
            }
        }
    }
}
