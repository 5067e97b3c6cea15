//! Retrouver un ménage avec ce qu'on en sait : la boîte de recherche de chaque page.

use std::collections::BTreeMap;

use ccapex::identifiants::DossierId;
use ccapex::partenaires::agent::Agent;
use ccapex::partenaires::habilitation::{Perimetre, Portee};
use ccapex::recherche::accord::{Accord, Fiche, Pourquoi, accorder};
use ccapex::recherche::phonetique::{squelette, voisins};
use ccapex::recherche::question::{Lecture, Mot, Question};
use ccapex::recherche::{references, termes};
use jiff::civil::Date;
use stockage::recherche::{Groupe, Rapport, Sonde, Trouve, montrer};
use territoire::Commune;

use crate::echec::Echec;
use crate::maison::Maison;

/// Ce qu'une recherche a trouvé, le meilleur d'abord.
#[derive(Clone, Debug, Default)]
pub struct Reponse {
    /// Les dossiers, et pourquoi chacun.
    pub trouves: Vec<(Trouve, Vec<Pourquoi>)>,
    /// Les communes que la question nomme, quand elle ne dit rien d'autre.
    pub communes: Vec<&'static Commune>,
    /// Il y en avait trop pour tout regarder : la question est à préciser.
    pub tronquee: bool,
}

/// Les dossiers qu'une sonde rapporte au plus : de quoi choisir les meilleurs.
const CANDIDATS: i64 = 200;

/// Assez de réponses à un mot seul pour ne pas en chercher d'approchantes ; plusieurs mots qui s'accordent
/// en disent assez d'une seule.
const ASSEZ_D_UN_MOT: usize = 10;

/// Les dossiers qui répondent à ce qui est tapé, dans le périmètre de la personne ; `combien` au plus.
///
/// L'exact passe avant le début, le proche et l'approchant : les sondes suivantes ne partent que s'il
/// reste de la place.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn chercher(
    maison: &Maison,
    agent: &Agent,
    saisi: &str,
    combien: usize,
    aujourd_hui: Date,
) -> Result<Reponse, Echec> {
    let question = Question::lire(saisi, &agent.profil, aujourd_hui.year());
    let mut recherche = Recherche {
        maison,
        du: agent.perimetre(),
        combien,
        trouves: BTreeMap::new(),
        tronquee: false,
    };
    recherche.par_references(&question).await?;
    if let Some(debut) = &question.telephone {
        recherche.par_telephone(debut).await?;
    }
    for lecture in question.lectures.iter().filter(|l| !l.mots.is_empty()) {
        recherche.par_mots(lecture).await?;
    }
    let seules = question.lectures.first().filter(|l| l.mots.is_empty());
    let communes = seules.map(|l| l.communes.clone()).unwrap_or_default();
    Ok(recherche.reponse(communes))
}

/// Une recherche en cours.
struct Recherche<'a> {
    maison: &'a Maison,
    du: Perimetre,
    combien: usize,
    trouves: BTreeMap<DossierId, (Accord, Trouve)>,
    tronquee: bool,
}

impl Recherche<'_> {
    fn est_pleine(&self) -> bool {
        self.trouves.len() >= self.combien
    }

    async fn sonder(&mut self, sonde: &Sonde) -> Result<Vec<Trouve>, Echec> {
        let Rapport { dossiers, tronque } = self.maison.stockage.chercher(&self.du, sonde).await?;
        self.tronquee |= tronque;
        Ok(dossiers)
    }

    fn garder(&mut self, trouve: Trouve, accord: Accord) {
        let mieux = self.trouves.get(&trouve.id).is_none_or(|(connu, _)| accord < *connu);
        if mieux {
            self.trouves.insert(trouve.id, (accord, trouve));
        }
    }

    async fn par_references(&mut self, question: &Question) -> Result<(), Echec> {
        let dossiers = &question.dossiers;
        if !dossiers.entieres.is_empty() || dossiers.debut.is_some() {
            let limite = i64::try_from(self.combien).unwrap_or(CANDIDATS);
            let trouves = self
                .maison
                .stockage
                .chercher_par_reference(
                    &self.du,
                    &dossiers.entieres,
                    dossiers.debut.as_deref(),
                    limite,
                )
                .await?;
            for trouve in trouves {
                let rang = u32::from(!dossiers.entieres.contains(&trouve.reference));
                self.garder(trouve, Accord { rang, pourquoi: vec![Pourquoi::Reference] });
            }
        }
        if let Some(forme) = question.actes.iter().max_by_key(|forme| forme.len()) {
            let mut formes: Vec<&String> = question.actes.iter().collect();
            formes.sort_by_key(|f| std::cmp::Reverse(*f == forme));
            for forme in formes {
                let debut = Groupe::Debut(termes::acte(forme));
                for trouve in self.sonder_un(debut, &self.du.clone()).await? {
                    if self.est_entier(&trouve) || self.a_envoye(&trouve, forme).await? {
                        let pourquoi = vec![Pourquoi::Acte];
                        self.garder(trouve, Accord { rang: 10, pourquoi });
                    }
                }
            }
        }
        Ok(())
    }

    /// Un téléphone peut avoir été donné par un autre : il ne retrouve que ce qui se voit en entier.
    async fn par_telephone(&mut self, debut: &str) -> Result<(), Echec> {
        let debut = Groupe::Debut(termes::appel(debut));
        for trouve in self.sonder_un(debut, &self.du.clone().en_entier()).await? {
            self.garder(trouve, Accord { rang: 10, pourquoi: vec![Pourquoi::Telephone] });
        }
        Ok(())
    }

    fn est_entier(&self, trouve: &Trouve) -> bool {
        self.du.portee(&trouve.situation()) == Some(Portee::Entier)
    }

    /// Cette référence est celle d'un acte que l'organisme a lui-même envoyé.
    async fn a_envoye(&self, trouve: &Trouve, forme: &str) -> Result<bool, Echec> {
        let envoyees = self.maison.stockage.references_envoyees(&self.du, trouve.id).await?;
        let commence = |r: &String| references::acte(r).iter().any(|f| f.starts_with(forme));
        Ok(envoyees.iter().any(commence))
    }

    async fn sonder_un(&mut self, groupe: Groupe, du: &Perimetre) -> Result<Vec<Trouve>, Echec> {
        let limite = i64::try_from(self.combien).unwrap_or(CANDIDATS);
        let sonde = Sonde { groupes: vec![groupe], limite, ..Sonde::default() };
        let Rapport { dossiers, tronque } = self.maison.stockage.chercher(du, &sonde).await?;
        self.tronquee |= tronque;
        Ok(dossiers)
    }

    async fn par_mots(&mut self, lecture: &Lecture) -> Result<(), Echec> {
        let base = Sonde {
            communes: lecture.communes.iter().map(|c| c.code.to_owned()).collect(),
            limite: CANDIDATS,
            ..Sonde::default()
        };
        let entiers = || lecture.mots.iter().map(|mot| Groupe::Parmi(mot.termes()));
        let mut sondes = Vec::new();
        if let Some(numero) = lecture.numeros.first() {
            let groupes = entiers().collect();
            sondes.push(Sonde { groupes, dans_l_adresse: Some(numero.clone()), ..base.clone() });
        }
        let debut = |groupe: &mut Vec<Groupe>| {
            if let (Some(dernier), Some(mot)) = (groupe.last_mut(), lecture.mots.last()) {
                *dernier = Groupe::DebutDeNom(mot.formes[0].clone());
            }
        };
        if lecture.mots.len() == 1 || lecture.mots.last().is_some_and(|m| m.inacheve) {
            let mut groupes: Vec<Groupe> = entiers().collect();
            debut(&mut groupes);
            sondes.push(Sonde { groupes, ..base.clone() });
        }
        // Un mot seul : les noms d'abord, les voies ensuite, qui sont bien plus nombreuses.
        if let [seul] = lecture.mots.as_slice() {
            for terme in seul.termes() {
                sondes.push(Sonde { groupes: vec![Groupe::Parmi(vec![terme])], ..base.clone() });
            }
        } else {
            sondes.push(Sonde { groupes: entiers().collect(), ..base.clone() });
        }
        self.sonder_dans_l_ordre(lecture, sondes).await?;
        // Ce qui s'entend comme demandé suffit le plus souvent : l'approchant coûte, et le noierait.
        let assez = if lecture.mots.len() == 1 { ASSEZ_D_UN_MOT } else { 1 };
        if self.trouves.len() < assez {
            self.sonder_dans_l_ordre(lecture, approchantes(lecture, &base)).await?;
        }
        Ok(())
    }

    /// Tant qu'il reste de la place.
    async fn sonder_dans_l_ordre(
        &mut self,
        lecture: &Lecture,
        sondes: Vec<Sonde>,
    ) -> Result<(), Echec> {
        for sonde in sondes {
            if self.est_pleine() {
                break;
            }
            for trouve in self.sonder(&sonde).await? {
                let fiche =
                    Fiche { nom: &trouve.nom, mots: &trouve.mots, adresse: &trouve.adresse };
                if let Some(accord) = accorder(lecture, fiche) {
                    // Après une référence : un numéro exact l'emporte sur un nom.
                    let accord = Accord { rang: accord.rang + 100, ..accord };
                    self.garder(trouve, accord);
                }
            }
        }
        Ok(())
    }

    fn reponse(self, communes: Vec<&'static Commune>) -> Reponse {
        let mut trouves: Vec<(Accord, Trouve)> = self.trouves.into_values().collect();
        // À accord égal : les dossiers ouverts, puis les plus récents.
        trouves.sort_by(|(a, un), (b, autre)| {
            (a, un.clos_le.is_some(), &autre.reference).cmp(&(
                b,
                autre.clos_le.is_some(),
                &un.reference,
            ))
        });
        let tronquee = self.tronquee || trouves.len() > self.combien;
        trouves.truncate(self.combien);
        montrer(trouves.iter().map(|(_, trouve)| trouve));
        let trouves = trouves.into_iter().map(|(accord, trouve)| {
            let entier = self.du.portee(&trouve.situation()) == Some(Portee::Entier);
            (if entier { trouve } else { sa_part(trouve) }, accord.pourquoi)
        });
        let trouves = trouves.collect();
        Reponse { trouves, communes, tronquee }
    }
}

/// Ce qu'un organisme qui n'a que sa part en voit : pas où en est la procédure.
fn sa_part(trouve: Trouve) -> Trouve {
    let (stade, statut) = (String::new(), String::new());
    Trouve { stade, statut, fin_delai: None, etape_avant_le: None, ..trouve }
}

/// Une lettre fausse dans un mot : les autres mots mènent au dossier, ou ses voisins s'il est seul.
fn approchantes(lecture: &Lecture, base: &Sonde) -> Vec<Sonde> {
    let mut sondes = Vec::new();
    match lecture.mots.as_slice() {
        [] => {}
        [seul] => {
            for termes in NOM_ET_VOIE.map(|lettre| proches(seul, &[lettre])) {
                let groupes = termes.into_iter().collect();
                sondes.push(Sonde { groupes, ..base.clone() });
            }
        }
        plusieurs => {
            for omis in 0..plusieurs.len() {
                let restent = plusieurs.iter().enumerate().filter(|(i, _)| *i != omis);
                let groupes = restent.map(|(_, mot)| Groupe::Parmi(mot.termes())).collect();
                let a_defaut = proches(&plusieurs[omis], &NOM_ET_VOIE);
                sondes.push(Sonde { groupes, a_defaut, ..base.clone() });
            }
        }
    }
    sondes
}

/// Le nom et la voie ont la même écriture : seule la lettre devant change.
const NOM_ET_VOIE: [char; 2] = ['p', 'v'];

/// Les termes qu'une consonne sépare de ce mot ; rien pour un mot qui n'en a pas.
fn proches(mot: &Mot, lettres: &[char]) -> Option<Groupe> {
    let voisins = voisins(&squelette(&mot.formes[0]));
    let termes = lettres.iter().flat_map(|l| voisins.iter().map(move |s| format!("{l}{s}")));
    let termes: Vec<String> = termes.collect();
    (!termes.is_empty()).then_some(Groupe::Parmi(termes))
}
